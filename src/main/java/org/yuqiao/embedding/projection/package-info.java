/**
 * Projection of word vectors to two dimensions by PCA or t-SNE, and its plot. Only code for plots
 * belongs here. Start with {@link org.yuqiao.embedding.projection.ProjectionMethod}.
 */
package org.yuqiao.embedding.projection;
