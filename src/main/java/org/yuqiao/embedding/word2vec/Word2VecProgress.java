package org.yuqiao.embedding.word2vec;

import java.util.OptionalDouble;

/**
 * How far training has come.
 *
 * @param words words of the text read, over all epochs
 * @param totalWords how many there are in all
 * @param seconds since training began, without reading the text
 * @param alpha the learning rate
 * @param loss the mean loss of a prediction on held-out sentences
 */
public record Word2VecProgress(
    long words, long totalWords, double seconds, double alpha, OptionalDouble loss) {
  /** Words a second on all threads together. */
  public double wordsPerSecond() {
    return words / Math.max(1e-9, seconds);
  }
}
