package org.yuqiao.train;

import org.yuqiao.backend.compute.MatmulPrecision;

/**
 * Builds {@link TrainingSettings} from the defaults; each method sets the component of its name.
 */
public final class TrainingSettingsBuilder {
  private double minutes = 20;
  private int epochs = 0;
  private long steps = 0;
  private int batchTokens = 1200;
  private int gradientAccumulation = 1;
  private double labelSmoothing = 0.1;
  private double rDrop;
  private double wordDropout = 0;
  private double emaDecay = 0;
  private int maxLength = 100;
  private int shuffleBuffer = 0;
  private long seed = 1;
  private int threads = 0;
  private MatmulPrecision matmulPrecision = MatmulPrecision.AUTO;
  private double validateMinutes = 2;
  private long validateSteps = 0;
  private int validationSentences = 300;
  private int patience = 0;
  private int keepBest = 1;
  private int averageCheckpoints = 4;
  private ExchangePrecision exchangePrecision = ExchangePrecision.FLOAT32;

  TrainingSettingsBuilder() {}

  TrainingSettingsBuilder(TrainingSettings settings) {
    this.minutes = settings.minutes();
    this.epochs = settings.epochs();
    this.steps = settings.steps();
    this.batchTokens = settings.batchTokens();
    this.gradientAccumulation = settings.gradientAccumulation();
    this.labelSmoothing = settings.labelSmoothing();
    this.rDrop = settings.rDrop();
    this.wordDropout = settings.wordDropout();
    this.emaDecay = settings.emaDecay();
    this.maxLength = settings.maxLength();
    this.shuffleBuffer = settings.shuffleBuffer();
    this.seed = settings.seed();
    this.threads = settings.threads();
    this.matmulPrecision = settings.matmulPrecision();
    this.validateMinutes = settings.validateMinutes();
    this.validateSteps = settings.validateSteps();
    this.validationSentences = settings.validationSentences();
    this.patience = settings.patience();
    this.keepBest = settings.keepBest();
    this.averageCheckpoints = settings.averageCheckpoints();
    this.exchangePrecision = settings.exchangePrecision();
  }

  public TrainingSettingsBuilder minutes(double value) {
    this.minutes = value;
    return this;
  }

  public TrainingSettingsBuilder epochs(int value) {
    this.epochs = value;
    return this;
  }

  public TrainingSettingsBuilder steps(long value) {
    this.steps = value;
    return this;
  }

  public TrainingSettingsBuilder batchTokens(int value) {
    this.batchTokens = value;
    return this;
  }

  public TrainingSettingsBuilder gradientAccumulation(int value) {
    this.gradientAccumulation = value;
    return this;
  }

  public TrainingSettingsBuilder labelSmoothing(double value) {
    this.labelSmoothing = value;
    return this;
  }

  public TrainingSettingsBuilder rDrop(double value) {
    this.rDrop = value;
    return this;
  }

  public TrainingSettingsBuilder wordDropout(double value) {
    this.wordDropout = value;
    return this;
  }

  public TrainingSettingsBuilder emaDecay(double value) {
    this.emaDecay = value;
    return this;
  }

  public TrainingSettingsBuilder maxLength(int value) {
    this.maxLength = value;
    return this;
  }

  public TrainingSettingsBuilder shuffleBuffer(int value) {
    this.shuffleBuffer = value;
    return this;
  }

  public TrainingSettingsBuilder seed(long value) {
    this.seed = value;
    return this;
  }

  public TrainingSettingsBuilder threads(int value) {
    this.threads = value;
    return this;
  }

  public TrainingSettingsBuilder matmulPrecision(MatmulPrecision value) {
    this.matmulPrecision = value;
    return this;
  }

  public TrainingSettingsBuilder validateMinutes(double value) {
    this.validateMinutes = value;
    return this;
  }

  public TrainingSettingsBuilder validateSteps(long value) {
    this.validateSteps = value;
    return this;
  }

  public TrainingSettingsBuilder validationSentences(int value) {
    this.validationSentences = value;
    return this;
  }

  public TrainingSettingsBuilder patience(int value) {
    this.patience = value;
    return this;
  }

  public TrainingSettingsBuilder keepBest(int value) {
    this.keepBest = value;
    return this;
  }

  public TrainingSettingsBuilder averageCheckpoints(int value) {
    this.averageCheckpoints = value;
    return this;
  }

  public TrainingSettingsBuilder exchangePrecision(ExchangePrecision value) {
    this.exchangePrecision = value;
    return this;
  }

  /**
   * The settings.
   *
   * @throws org.yuqiao.files.InvalidInputException if a value is out of range
   */
  public TrainingSettings build() {
    return new TrainingSettings(
        minutes,
        epochs,
        steps,
        batchTokens,
        gradientAccumulation,
        labelSmoothing,
        rDrop,
        wordDropout,
        emaDecay,
        maxLength,
        shuffleBuffer,
        seed,
        threads,
        matmulPrecision,
        validateMinutes,
        validateSteps,
        validationSentences,
        patience,
        keepBest,
        averageCheckpoints,
        exchangePrecision);
  }
}
