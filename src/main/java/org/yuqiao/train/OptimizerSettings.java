package org.yuqiao.train;

import org.yuqiao.backend.optimizer.AdamStep;
import org.yuqiao.files.InvalidInputException;

/**
 * The settings of Adam and its learning-rate schedule.
 *
 * @param schedule the learning-rate schedule: warmup-stable-decay, cosine, linear, inverse-sqrt,
 *     constant or noam
 * @param learningRate its factor (noam) or peak (all others)
 * @param warmupSteps steps of linear warm-up; 0: by {@code warmupRatio}
 * @param warmupRatio the share of the training budget that warm-up takes
 * @param decaySteps the step at which the rate reaches 0; 0: at the end of the training budget
 * @param decayRatio the share of training in which warmup-stable-decay decays
 * @param beta1 decay of Adam's first moment
 * @param beta2 decay of Adam's second moment
 * @param epsilon Adam's epsilon
 * @param weightDecay decoupled weight decay
 * @param maxGradNorm the maximum global norm of the gradient; 0: no clipping
 */
public record OptimizerSettings(
    String schedule,
    double learningRate,
    int warmupSteps,
    double warmupRatio,
    long decaySteps,
    double decayRatio,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    double maxGradNorm) {

  /** Checks the ranges. */
  public OptimizerSettings {
    if (learningRate <= 0) {
      throw new InvalidInputException(
          "optimizer.learningRate must be above 0, not " + learningRate);
    }
    if (beta1 < 0 || beta1 >= 1 || beta2 < 0 || beta2 >= 1) {
      throw new InvalidInputException(
          "optimizer.beta1 and optimizer.beta2 must be from 0 to below 1");
    }
    if (epsilon <= 0) {
      throw new InvalidInputException("optimizer.epsilon must be above 0, not " + epsilon);
    }
    if (warmupSteps < 0 || weightDecay < 0 || maxGradNorm < 0) {
      throw new InvalidInputException(
          "optimizer.warmupSteps, optimizer.weightDecay and optimizer.maxGradNorm must not be below 0");
    }
    if (warmupRatio < 0 || warmupRatio >= 1) {
      throw new InvalidInputException(
          "optimizer.warmupRatio must be from 0 to below 1, not " + warmupRatio);
    }
    if (decayRatio <= 0 || decayRatio > 1) {
      throw new InvalidInputException(
          "optimizer.decayRatio must be above 0 and at most 1, not " + decayRatio);
    }
    if (decaySteps < 0 || (decaySteps > 0 && decaySteps <= warmupSteps)) {
      throw new InvalidInputException(
          "optimizer.decaySteps must be 0 (the end of training) or above optimizer.warmupSteps, but "
              + decaySteps
              + " is not above "
              + warmupSteps);
    }
    if (schedule.equals("noam") && warmupSteps == 0) {
      throw new InvalidInputException(
          "optimizer.schedule noam needs optimizer.warmupSteps above 0, for example 1000");
    }
  }

  /** A builder with the values of {@code defaults.yaml}. */
  public static OptimizerSettingsBuilder builder() {
    return new OptimizerSettingsBuilder();
  }

  /** A builder with these settings. */
  public OptimizerSettingsBuilder toBuilder() {
    return new OptimizerSettingsBuilder(this);
  }

  /** The schedule for model width {@code width}. */
  public LearningRateSchedule schedule(int width) {
    return switch (schedule) {
      case "noam" -> new LearningRateSchedule.Noam(learningRate, width, warmupSteps);
      case "constant" -> new LearningRateSchedule.Constant(learningRate, warmupSteps);
      case "inverse-sqrt" -> new LearningRateSchedule.InverseRoot(learningRate, warmupSteps);
      case "cosine" -> decaying(new LearningRateSchedule.Decay.Cosine());
      case "linear" -> decaying(new LearningRateSchedule.Decay.Linear());
      case "warmup-stable-decay" -> decaying(new LearningRateSchedule.Decay.Stable(decayRatio));
      default ->
          throw new InvalidInputException(
              "optimizer.schedule '"
                  + schedule
                  + "' is unknown; expected warmup-stable-decay, cosine, linear, inverse-sqrt,"
                  + " constant or noam");
    };
  }

  private LearningRateSchedule decaying(LearningRateSchedule.Decay decay) {
    return decaySteps > 0
        ? new LearningRateSchedule.BySteps(learningRate, warmupSteps, decaySteps, decay)
        : new LearningRateSchedule.ByBudget(learningRate, warmupSteps, warmupRatio, decay);
  }

  AdamStep.Hyperparameters adam() {
    return new AdamStep.Hyperparameters(beta1, beta2, epsilon, weightDecay);
  }
}
