package org.yuqiao.train;

/**
 * Builds {@link OptimizerSettings} from the defaults; each method sets the component of its name.
 */
public final class OptimizerSettingsBuilder {
  private String schedule = "warmup-stable-decay";
  private double learningRate = 0.001;
  private int warmupSteps = 0;
  private double warmupRatio = 0.1;
  private long decaySteps = 0;
  private double decayRatio = 0.2;
  private double beta1 = 0.9;
  private double beta2 = 0.98;
  private double epsilon = 1e-9;
  private double weightDecay = 0;
  private double maxGradNorm = 1;

  OptimizerSettingsBuilder() {}

  OptimizerSettingsBuilder(OptimizerSettings settings) {
    this.schedule = settings.schedule();
    this.learningRate = settings.learningRate();
    this.warmupSteps = settings.warmupSteps();
    this.warmupRatio = settings.warmupRatio();
    this.decaySteps = settings.decaySteps();
    this.decayRatio = settings.decayRatio();
    this.beta1 = settings.beta1();
    this.beta2 = settings.beta2();
    this.epsilon = settings.epsilon();
    this.weightDecay = settings.weightDecay();
    this.maxGradNorm = settings.maxGradNorm();
  }

  public OptimizerSettingsBuilder schedule(String value) {
    this.schedule = value;
    return this;
  }

  public OptimizerSettingsBuilder learningRate(double value) {
    this.learningRate = value;
    return this;
  }

  public OptimizerSettingsBuilder warmupSteps(int value) {
    this.warmupSteps = value;
    return this;
  }

  public OptimizerSettingsBuilder warmupRatio(double value) {
    this.warmupRatio = value;
    return this;
  }

  public OptimizerSettingsBuilder decaySteps(long value) {
    this.decaySteps = value;
    return this;
  }

  public OptimizerSettingsBuilder decayRatio(double value) {
    this.decayRatio = value;
    return this;
  }

  public OptimizerSettingsBuilder beta1(double value) {
    this.beta1 = value;
    return this;
  }

  public OptimizerSettingsBuilder beta2(double value) {
    this.beta2 = value;
    return this;
  }

  public OptimizerSettingsBuilder epsilon(double value) {
    this.epsilon = value;
    return this;
  }

  public OptimizerSettingsBuilder weightDecay(double value) {
    this.weightDecay = value;
    return this;
  }

  public OptimizerSettingsBuilder maxGradNorm(double value) {
    this.maxGradNorm = value;
    return this;
  }

  /**
   * The settings.
   *
   * @throws org.yuqiao.files.InvalidInputException if a value is out of range
   */
  public OptimizerSettings build() {
    return new OptimizerSettings(
        schedule,
        learningRate,
        warmupSteps,
        warmupRatio,
        decaySteps,
        decayRatio,
        beta1,
        beta2,
        epsilon,
        weightDecay,
        maxGradNorm);
  }
}
