package org.yuqiao.embedding.query;

/**
 * A word that was found and how well it fits.
 *
 * @param score the cosine similarity; for analogies by 3CosMul, what that maximizes
 */
public record Neighbor(String word, float score) {}
