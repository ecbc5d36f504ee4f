package org.yuqiao.embedding.query;

/**
 * A word and its score.
 *
 * @param score the cosine similarity; for analogies the score of the method
 */
public record Neighbor(String word, float score) {}
