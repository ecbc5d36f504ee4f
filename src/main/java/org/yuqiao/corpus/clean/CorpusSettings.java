package org.yuqiao.corpus.clean;

import org.yuqiao.files.InvalidInputException;

/**
 * How a corpus is cleaned.
 *
 * @param simplify whether traditional Chinese becomes simplified
 * @param maximumCharacters the most characters a side may have
 * @param maximumRatio the most often the English side may be as long as the Chinese side counted in
 *     English characters (a Han character counts as three), or the other way round
 * @param dropDuplicates whether a pair that stood before is dropped
 * @param dropWrongScript whether a pair is dropped whose Chinese side has no Han character, or
 *     whose English side has more Han characters than letters
 */
public record CorpusSettings(
    boolean simplify,
    int maximumCharacters,
    double maximumRatio,
    boolean dropDuplicates,
    boolean dropWrongScript) {
  /** What suits most corpora. */
  public static final CorpusSettings DEFAULT = new CorpusSettings(true, 400, 6, true, true);

  /** Checks the limits. */
  public CorpusSettings {
    if (maximumCharacters < 1) {
      throw new InvalidInputException(
          "data.cleaning.maximumCharacters must be above 0, not " + maximumCharacters);
    }
    if (maximumRatio < 1) {
      throw new InvalidInputException(
          "data.cleaning.maximumRatio must be at least 1, not " + maximumRatio);
    }
  }
}
