package org.yuqiao.text;

import org.yuqiao.files.InvalidInputException;

/**
 * What a subword vocabulary is to be.
 *
 * @param vocabulary its size: special tokens, bytes, characters and merges together
 * @param segmentation how Chinese is cut beforehand
 * @param fallback what becomes of unknown characters
 * @param minimumCount how often a character must stand in the training text to be kept (BYTE only),
 *     and a pair to be merged
 */
public record SubwordSettings(
    int vocabulary, Segmentation segmentation, Fallback fallback, int minimumCount) {
  /** Checks the sizes. */
  public SubwordSettings {
    if (vocabulary < 300) {
      throw new InvalidInputException(
          "subwords.vocabulary must be at least 300, not " + vocabulary);
    }
    if (minimumCount < 1) {
      throw new InvalidInputException(
          "subwords.minimumCount must be at least 1, not " + minimumCount);
    }
  }
}
