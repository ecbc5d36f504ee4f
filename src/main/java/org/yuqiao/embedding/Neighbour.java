package org.yuqiao.embedding;

/**
 * A word that was found and how well it fits.
 *
 * @param score the cosine similarity; for analogies by 3CosMul, what that maximises
 */
public record Neighbour(String word, float score) {}
