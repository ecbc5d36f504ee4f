package org.yuqiao.embedding.word2vec;

import org.yuqiao.backend.Backend;
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
    between("dim", dimension, 1, 65_536);
    between("window", window, 1, 65_536);
    between("negative", negative, 0, 65_536);
    atLeast("min-count", minimumCount, 1);
    atLeast("epochs", epochs, 1);
    between("threads", threads, 1, Backend.MAX_THREADS);
    if (!(sample >= 0)) {
      throw new InvalidInputException("sample must be 0 or more, not " + sample);
    }
    if (!(alpha > 0)) {
      throw new InvalidInputException("alpha must be above 0, not " + alpha);
    }
  }

  /** A builder with the defaults of word2vec.c for {@code algorithm}, on one thread. */
  public static Word2VecSettingsBuilder builder(Word2VecAlgorithm algorithm) {
    return new Word2VecSettingsBuilder(algorithm);
  }

  /** A builder with these settings. */
  public Word2VecSettingsBuilder toBuilder() {
    return new Word2VecSettingsBuilder(this);
  }

  /** Whether hierarchical softmax replaces negative sampling. */
  public boolean hierarchicalSoftmax() {
    return negative == 0;
  }

  private static void between(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new InvalidInputException(
          name + " must be from " + min + " to " + max + ", not " + value);
    }
  }

  private static void atLeast(String name, int value, int min) {
    if (value < min) {
      throw new InvalidInputException(name + " must be at least " + min + ", not " + value);
    }
  }
}
