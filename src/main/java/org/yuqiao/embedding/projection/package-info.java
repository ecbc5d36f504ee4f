/**
 * Projection of word vectors to two or three dimensions by PCA or t-SNE, and its plot. Only code
 * that places words belongs here. Start with {@link
 * org.yuqiao.embedding.projection.ProjectionMethod}.
 */
package org.yuqiao.embedding.projection;
