package org.yuqiao.text;

import java.io.Serializable;
import org.yuqiao.files.InvalidInputException;

/**
 * The settings of a subword vocabulary.
 *
 * @param vocabularySize number of tokens: special tokens, bytes, characters and merges
 * @param segmentation pre-tokenization of Chinese
 * @param fallback treatment of unknown characters
 * @param minFrequency minimum frequency of a merged pair, and with {@link Fallback#BYTE} of a
 *     character
 */
public record SubwordSettings(
    int vocabularySize, Segmentation segmentation, Fallback fallback, int minFrequency)
    implements Serializable {
  private static final int MAX_SIZE = 10_000_000;

  /** Checks the ranges. */
  public SubwordSettings {
    if (vocabularySize < 300 || vocabularySize > MAX_SIZE) {
      throw new InvalidInputException(
          "subwords.vocabularySize must be from 300 to " + MAX_SIZE + ", not " + vocabularySize);
    }
    if (minFrequency < 1) {
      throw new InvalidInputException(
          "subwords.minFrequency must be at least 1, not " + minFrequency);
    }
  }
}
