package org.yuqiao.embedding.word2vec;

import org.yuqiao.files.InvalidInputException;

/**
 * The settings of Word2Vec training.
 *
 * @param algorithm CBOW, corrected CBOW or skip-gram
 * @param dimension the length of a vector
 * @param window the maximum number of context words on each side; each word draws its width from 1
 *     to this
 * @param negative the number of noise words of a prediction; 0 for hierarchical softmax
 * @param shareNegatives whether skip-gram draws one set of noise words for a whole window (Ji et
 *     al., "Parallelizing Word2Vec in Shared and Distributed Memory", 2016, section III-A) and not
 *     one for each context word
 * @param sample the threshold of subsampling: words with a higher relative frequency are dropped at
 *     random; 0 for none
 * @param minimumCount the minimum count of a word in the vocabulary
 * @param epochs the number of epochs
 * @param alpha the initial learning rate, which decays linearly to a ten-thousandth
 * @param threads the number of threads; with 1 the result depends only on the text, the settings
 *     and the seed
 * @param seed of all random draws
 */
public record Word2VecSettings(
    Word2VecAlgorithm algorithm,
    int dimension,
    int window,
    int negative,
    boolean shareNegatives,
    double sample,
    int minimumCount,
    int epochs,
    double alpha,
    int threads,
    long seed) {
  /** Checks the ranges. */
  public Word2VecSettings {
    atLeast("dim", dimension, 1);
    atLeast("window", window, 1);
    atLeast("negative", negative, 0);
    atLeast("min-count", minimumCount, 1);
    atLeast("epochs", epochs, 1);
    atLeast("threads", threads, 1);
    if (!(sample >= 0)) {
      throw new InvalidInputException("sample must be 0 or more, not " + sample);
    }
    if (!(alpha > 0)) {
      throw new InvalidInputException("alpha must be above 0, not " + alpha);
    }
  }

  /** word2vec.c's settings for the algorithm, on {@code threads} threads. */
  public static Word2VecSettings of(Word2VecAlgorithm algorithm, int threads) {
    return new Word2VecSettings(
        algorithm, 100, 5, 5, true, 1e-3, 5, 5, algorithm.defaultAlpha(), threads, 1);
  }

  /** Whether hierarchical softmax replaces negative sampling. */
  public boolean hierarchicalSoftmax() {
    return negative == 0;
  }

  /** A copy with another algorithm and its default learning rate. */
  public Word2VecSettings with(Word2VecAlgorithm other) {
    return new Word2VecSettings(
        other,
        dimension,
        window,
        negative,
        shareNegatives,
        sample,
        minimumCount,
        epochs,
        other.defaultAlpha(),
        threads,
        seed);
  }

  /** A copy with another seed. */
  public Word2VecSettings withSeed(long other) {
    return new Word2VecSettings(
        algorithm,
        dimension,
        window,
        negative,
        shareNegatives,
        sample,
        minimumCount,
        epochs,
        alpha,
        threads,
        other);
  }

  private static void atLeast(String name, int value, int min) {
    if (value < min) {
      throw new InvalidInputException(name + " must be at least " + min + ", not " + value);
    }
  }
}
