package org.yuqiao.decode.step;

import static org.yuqiao.files.InvalidInputException.require;

/**
 * The settings of decoding.
 *
 * @param beamSize hypotheses kept at each step; 1 is greedy
 * @param lengthNormalization the form of the length penalty
 * @param lengthPenalty alpha of the length penalty (Wu et al. 2016, eq. 14); 0 favors short
 *     translations
 * @param coveragePenalty beta of GNMT's coverage penalty (same equation); 0 turns it off
 * @param minLengthRatio minimum target tokens for each source token, at least one in all
 * @param maxLengthRatio maximum target tokens for each source token, plus ten
 * @param noRepeatNgramSize n-grams of this size may occur only once; 0 turns it off
 * @param repetitionPenalty multiplies the log-probability of tokens that already occur; 1 is off
 * @param earlyStopping whether a beam search ends once {@code beamSize} translations are finished;
 *     otherwise it goes on while a live one, at its present length, scores better than the worst of
 *     these
 * @param replaceUnknowns whether {@code <unk>} is allowed and replaced by the source word with most
 *     attention (Luong et al. 2015, "Addressing the Rare Word Problem", section 3)
 */
public record DecodingSettings(
    int beamSize,
    LengthNormalization lengthNormalization,
    double lengthPenalty,
    double coveragePenalty,
    double minLengthRatio,
    double maxLengthRatio,
    int noRepeatNgramSize,
    double repetitionPenalty,
    boolean earlyStopping,
    boolean replaceUnknowns) {
  /** Greedy search. */
  public static final DecodingSettings GREEDY = beam(1, 1.0);

  /** Checks the values. */
  public DecodingSettings {
    require(
        beamSize >= 1 && beamSize <= 100, "decode.beamSize must be from 1 to 100, not " + beamSize);
    require(
        lengthPenalty >= 0, "decode.lengthPenalty must not be below 0, but is " + lengthPenalty);
    require(
        coveragePenalty >= 0,
        "decode.coveragePenalty must not be below 0, but is " + coveragePenalty);
    require(maxLengthRatio > 0, "decode.maxLengthRatio must be above 0, not " + maxLengthRatio);
    require(
        minLengthRatio >= 0 && minLengthRatio <= maxLengthRatio,
        "decode.minLengthRatio must be from 0 to decode.maxLengthRatio, not " + minLengthRatio);
    require(
        noRepeatNgramSize >= 0,
        "decode.noRepeatNgramSize must not be below 0, but is " + noRepeatNgramSize);
    require(
        repetitionPenalty >= 1,
        "decode.repetitionPenalty must be at least 1, not " + repetitionPenalty);
  }

  /** Beam search without penalties on content; translations up to twice as long as the source. */
  public static DecodingSettings beam(int beamSize, double lengthPenalty) {
    return builder().beamSize(beamSize).lengthPenalty(lengthPenalty).build();
  }

  /** A builder with the values of {@code defaults.yaml}. */
  public static DecodingSettingsBuilder builder() {
    return new DecodingSettingsBuilder();
  }

  /** A builder with these settings. */
  public DecodingSettingsBuilder toBuilder() {
    return new DecodingSettingsBuilder(this);
  }

  /** Ranks finished hypotheses. */
  public Ranking ranking() {
    return new Ranking(lengthNormalization, lengthPenalty, coveragePenalty);
  }
}
