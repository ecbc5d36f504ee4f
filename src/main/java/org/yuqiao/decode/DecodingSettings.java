package org.yuqiao.decode;

import org.yuqiao.files.BadInput;

/**
 * How translations are searched for.
 *
 * @param beam hypotheses kept at each step; 1 is greedy
 * @param lengthPenalty alpha of GNMT's length penalty (Wu et al. 2016, eq. 14): 0 favours short
 *     translations
 * @param maximumRatio the most target tokens for each source token, ten more being allowed always
 */
public record DecodingSettings(int beam, double lengthPenalty, double maximumRatio) {
  /** Greedy search. */
  public static final DecodingSettings GREEDY = new DecodingSettings(1, 1.0, 2);

  /** Checks the values. */
  public DecodingSettings {
    if (beam < 1 || beam > 100) {
      throw new BadInput("decode.beam must be from 1 to 100, not " + beam);
    }
    if (lengthPenalty < 0) {
      throw new BadInput("decode.lengthPenalty must not be below 0, but is " + lengthPenalty);
    }
    if (maximumRatio <= 0) {
      throw new BadInput("decode.maximumRatio must be above 0, not " + maximumRatio);
    }
  }

  /** ((5 + length) / 6) ^ alpha. */
  double penalty(int length) {
    return Math.pow((5.0 + length) / 6.0, lengthPenalty);
  }
}
