package org.yuqiao.embedding.word2vec;

import org.yuqiao.files.InvalidInputException;

/**
 * How word vectors are trained.
 *
 * @param algorithm what predicts what
 * @param dimension the length of a vector
 * @param window the most words of context on each side; each word draws its own width from 1 to
 *     this
 * @param negative negative samples per prediction; 0 for hierarchical softmax
 * @param shareNegatives whether skip-gram draws one set of noise words for a whole window (Ji et
 *     al., "Parallelizing Word2Vec in Shared and Distributed Memory", 2016, section III-A) and not
 *     one for each context word
 * @param sample words more frequent than this share of the text are thinned out; 0 for none
 * @param minimumCount words rarer than this are left out
 * @param epochs epochs over the text
 * @param alpha the first learning rate; it falls in a straight line to a ten-thousandth
 * @param threads how many threads share the vectors without locks; with 1 the result depends on the
 *     text, the settings and the seed alone
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
  /** Checks the limits. */
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

  /** Whether words are predicted along the paths of a Huffman tree. */
  public boolean hierarchicalSoftmax() {
    return negative == 0;
  }

  /** The same with another algorithm and its usual learning rate. */
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

  /** The same with another seed. */
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

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new InvalidInputException(name + " must be at least " + least + ", not " + value);
    }
  }
}
