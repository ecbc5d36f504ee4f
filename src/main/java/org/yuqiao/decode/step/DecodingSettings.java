package org.yuqiao.decode.step;

import org.yuqiao.files.InvalidInputException;

/**
 * How translations are searched for.
 *
 * @param beam hypotheses kept at each step; 1 is greedy
 * @param lengthPenalty alpha of GNMT's length penalty (Wu et al. 2016, eq. 14): 0 favours short
 *     translations
 * @param coveragePenalty beta of GNMT's coverage penalty (same place): 0 leaves it out
 * @param minimumRatio the fewest target tokens for each source token; one is needed always
 * @param maximumRatio the most target tokens for each source token, ten more being allowed always
 * @param noRepeatNgram the length from which a sequence of tokens may not come twice; 0: all may
 * @param repetitionPenalty what the log-probability of a token that was written already is
 *     multiplied by; 1 leaves it
 * @param replaceUnknowns whether a translation may hold {@code <unk>}, which then becomes what it
 *     looked at most in the source (Luong et al. 2015, "Addressing the Rare Word Problem", 3)
 */
public record DecodingSettings(
    int beam,
    double lengthPenalty,
    double coveragePenalty,
    double minimumRatio,
    double maximumRatio,
    int noRepeatNgram,
    double repetitionPenalty,
    boolean replaceUnknowns) {
  /** Greedy search. */
  public static final DecodingSettings GREEDY = beam(1, 1.0);

  /** Checks the values. */
  public DecodingSettings {
    require(beam >= 1 && beam <= 100, "decode.beam must be from 1 to 100, not " + beam);
    require(
        lengthPenalty >= 0, "decode.lengthPenalty must not be below 0, but is " + lengthPenalty);
    require(
        coveragePenalty >= 0,
        "decode.coveragePenalty must not be below 0, but is " + coveragePenalty);
    require(maximumRatio > 0, "decode.maximumRatio must be above 0, not " + maximumRatio);
    require(
        minimumRatio >= 0 && minimumRatio <= maximumRatio,
        "decode.minimumRatio must be from 0 to decode.maximumRatio, not " + minimumRatio);
    require(
        noRepeatNgram >= 0, "decode.noRepeatNgram must not be below 0, but is " + noRepeatNgram);
    require(
        repetitionPenalty >= 1,
        "decode.repetitionPenalty must be at least 1, not " + repetitionPenalty);
  }

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw new InvalidInputException(sentence);
    }
  }

  /** A plain beam search, translations being at most twice as long as the source. */
  public static DecodingSettings beam(int beam, double lengthPenalty) {
    return new DecodingSettings(beam, lengthPenalty, 0, 0, 2, 0, 1, false);
  }

  /** What finished translations are ranked by. */
  public Ranking ranking() {
    return new Ranking(lengthPenalty, coveragePenalty);
  }
}
