package org.yuqiao.corpus.clean;

import org.yuqiao.files.InvalidInputException;

/**
 * The settings of cleaning.
 *
 * @param simplify whether traditional Chinese becomes simplified
 * @param maxCharacters the maximum number of characters of a side
 * @param maxLengthRatio the maximum ratio of the sides' lengths in letters, a Han character
 *     counting as three
 * @param dropDuplicates whether repeated pairs are dropped
 * @param dropWrongScript whether pairs are dropped whose Chinese side has no Han character (unless
 *     both sides are the same number or address), or whose English side has more Han characters
 *     than Latin letters
 */
public record CorpusSettings(
    boolean simplify,
    int maxCharacters,
    double maxLengthRatio,
    boolean dropDuplicates,
    boolean dropWrongScript) {
  /** The defaults. */
  public static final CorpusSettings DEFAULT = new CorpusSettings(true, 400, 6, true, true);

  /** Checks the limits. */
  public CorpusSettings {
    if (maxCharacters < 1) {
      throw new InvalidInputException(
          "data.cleaning.maxCharacters must be above 0, not " + maxCharacters);
    }
    if (maxLengthRatio < 1) {
      throw new InvalidInputException(
          "data.cleaning.maxLengthRatio must be at least 1, not " + maxLengthRatio);
    }
  }
}
