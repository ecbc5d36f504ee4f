/**
 * Queries on word vectors: similarity, nearest neighbors, analogies, the odd word, search by
 * spelling, directions of features. Single queries belong here, test sets in {@code evaluation}.
 * Start with {@link org.yuqiao.embedding.query.NearestNeighbors}.
 */
package org.yuqiao.embedding.query;
