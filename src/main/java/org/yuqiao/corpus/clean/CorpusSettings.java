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
 * @param nearDuplicates the share of characters by which both sides of a pair may differ from an
 *     earlier pair, or its Chinese side from a held-out sentence, for it to be dropped; 0: none
 * @param dropWrongScript whether pairs are dropped whose Chinese side has no Han character (unless
 *     both sides are the same number or address), or whose English side has more Han characters
 *     than Latin letters
 */
public record CorpusSettings(
    boolean simplify,
    int maxCharacters,
    double maxLengthRatio,
    boolean dropDuplicates,
    double nearDuplicates,
    boolean dropWrongScript) {
  /** The defaults. */
  public static final CorpusSettings DEFAULT = new CorpusSettings(true, 400, 6, true, 0, true);

  private static final double MAX_SHARE = 0.5;

  /** These settings with {@code data.cleaning.nearDuplicates}. */
  public CorpusSettings withNearDuplicates(double share) {
    return new CorpusSettings(
        simplify, maxCharacters, maxLengthRatio, dropDuplicates, share, dropWrongScript);
  }

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
    if (!(nearDuplicates >= 0 && nearDuplicates <= MAX_SHARE)) {
      throw new InvalidInputException(
          "data.cleaning.nearDuplicates must be from 0 to "
              + MAX_SHARE
              + ", not "
              + nearDuplicates);
    }
  }
}
