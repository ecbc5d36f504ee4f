package org.yuqiao.decode.step;

/**
 * Builds {@link DecodingSettings} from the defaults; each method sets the component of its name.
 */
public final class DecodingSettingsBuilder {
  private int beamSize = 5;
  private LengthNormalization lengthNormalization = LengthNormalization.GNMT;
  private double lengthPenalty = 1;
  private double coveragePenalty = 0;
  private double minLengthRatio = 0;
  private double maxLengthRatio = 2;
  private int noRepeatNgramSize = 0;
  private double repetitionPenalty = 1;
  private boolean earlyStopping = true;
  private boolean replaceUnknowns = false;

  DecodingSettingsBuilder() {}

  DecodingSettingsBuilder(DecodingSettings settings) {
    this.beamSize = settings.beamSize();
    this.lengthNormalization = settings.lengthNormalization();
    this.lengthPenalty = settings.lengthPenalty();
    this.coveragePenalty = settings.coveragePenalty();
    this.minLengthRatio = settings.minLengthRatio();
    this.maxLengthRatio = settings.maxLengthRatio();
    this.noRepeatNgramSize = settings.noRepeatNgramSize();
    this.repetitionPenalty = settings.repetitionPenalty();
    this.earlyStopping = settings.earlyStopping();
    this.replaceUnknowns = settings.replaceUnknowns();
  }

  public DecodingSettingsBuilder beamSize(int value) {
    this.beamSize = value;
    return this;
  }

  public DecodingSettingsBuilder lengthNormalization(LengthNormalization value) {
    this.lengthNormalization = value;
    return this;
  }

  public DecodingSettingsBuilder lengthPenalty(double value) {
    this.lengthPenalty = value;
    return this;
  }

  public DecodingSettingsBuilder coveragePenalty(double value) {
    this.coveragePenalty = value;
    return this;
  }

  public DecodingSettingsBuilder minLengthRatio(double value) {
    this.minLengthRatio = value;
    return this;
  }

  public DecodingSettingsBuilder maxLengthRatio(double value) {
    this.maxLengthRatio = value;
    return this;
  }

  public DecodingSettingsBuilder noRepeatNgramSize(int value) {
    this.noRepeatNgramSize = value;
    return this;
  }

  public DecodingSettingsBuilder repetitionPenalty(double value) {
    this.repetitionPenalty = value;
    return this;
  }

  public DecodingSettingsBuilder earlyStopping(boolean value) {
    this.earlyStopping = value;
    return this;
  }

  public DecodingSettingsBuilder replaceUnknowns(boolean value) {
    this.replaceUnknowns = value;
    return this;
  }

  /**
   * The settings.
   *
   * @throws org.yuqiao.files.InvalidInputException if a value is out of range
   */
  public DecodingSettings build() {
    return new DecodingSettings(
        beamSize,
        lengthNormalization,
        lengthPenalty,
        coveragePenalty,
        minLengthRatio,
        maxLengthRatio,
        noRepeatNgramSize,
        repetitionPenalty,
        earlyStopping,
        replaceUnknowns);
  }
}
