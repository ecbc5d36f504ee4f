package org.yuqiao.corpus.clean;

import org.yuqiao.files.InvalidInputException;

/**
 * How a corpus is cleaned.
 *
 * @param simplify whether traditional Chinese becomes simplified
 * @param maxCharacters the most characters a side may have
 * @param maxLengthRatio the most often the English side may be as long as the Chinese side counted
 *     in English characters (a Han character counts as three), or the other way round
 * @param dropDuplicates whether a pair that stood before is dropped
 * @param dropWrongScript whether a pair is dropped whose Chinese side has no Han character, or
 *     whose English side has more Han characters than letters
 */
public record CorpusSettings(
    boolean simplify,
    int maxCharacters,
    double maxLengthRatio,
    boolean dropDuplicates,
    boolean dropWrongScript) {
  /** What suits most corpora. */
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
