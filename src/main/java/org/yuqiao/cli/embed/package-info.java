/**
 * Commands for word vectors: train, compare, query, evaluate, plot, export.
 *
 * <p>Read {@link org.yuqiao.cli.embed.EmbedCommand} first.
 */
package org.yuqiao.cli.embed;
