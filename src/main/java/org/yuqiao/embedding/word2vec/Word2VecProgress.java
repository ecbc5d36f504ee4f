package org.yuqiao.embedding.word2vec;

import java.util.OptionalDouble;

/**
 * A progress report of Word2Vec training.
 *
 * @param words the number of words processed, over all epochs
 * @param totalWords the number of words of all epochs
 * @param seconds the time since training began, without encoding the text
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
