/**
 * Commands for what lies on disk: corpora, model folders, notebooks.
 *
 * <p>Read {@link org.yuqiao.cli.data.DataCommand} first.
 */
package org.yuqiao.cli.data;
