package org.yuqiao.text;

import org.yuqiao.files.InvalidInputException;

/**
 * What a subword vocabularySize is to be.
 *
 * @param vocabularySize its size: special tokens, bytes, characters and merges together
 * @param segmentation how Chinese is cut beforehand
 * @param fallback what becomes of unknown characters
 * @param minFrequency how often a character must stand in the training text to be kept (BYTE only),
 *     and a pair to be merged
 */
public record SubwordSettings(
    int vocabularySize, Segmentation segmentation, Fallback fallback, int minFrequency) {
  /** Checks the sizes. */
  public SubwordSettings {
    if (vocabularySize < 300) {
      throw new InvalidInputException(
          "subwords.vocabularySize must be at least 300, not " + vocabularySize);
    }
    if (minFrequency < 1) {
      throw new InvalidInputException(
          "subwords.minFrequency must be at least 1, not " + minFrequency);
    }
  }
}
