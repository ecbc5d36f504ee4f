package org.yuqiao.train;

import org.yuqiao.backend.optimizer.AdamStep;
import org.yuqiao.files.InvalidInputException;

/**
 * How parameters follow their gradients.
 *
 * @param schedule the learning-rate schedule: noam, constant, inverse-sqrt or cosine
 * @param learningRate its factor (noam) or peak (all others)
 * @param warmupSteps steps of linear growth
 * @param decaySteps the step at which cosine reaches 0
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
    long decaySteps,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    double maxGradNorm) {

  /** Checks the values. */
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
    if (schedule.equals("cosine") && decaySteps <= warmupSteps) {
      throw new InvalidInputException(
          "optimizer.schedule cosine needs optimizer.decaySteps above optimizer.warmupSteps, but "
              + decaySteps
              + " is not above "
              + warmupSteps);
    }
  }

  /** The schedule for a model of width {@code width}. */
  public LearningRateSchedule schedule(int width) {
    return switch (schedule) {
      case "noam" -> new LearningRateSchedule.Noam(learningRate, width, warmupSteps);
      case "constant" -> new LearningRateSchedule.Constant(learningRate, warmupSteps);
      case "inverse-sqrt" -> new LearningRateSchedule.InverseRoot(learningRate, warmupSteps);
      case "cosine" -> new LearningRateSchedule.Cosine(learningRate, warmupSteps, decaySteps);
      default ->
          throw new InvalidInputException(
              "optimizer.schedule '"
                  + schedule
                  + "' is unknown; expected noam, constant, inverse-sqrt or cosine");
    };
  }

  AdamStep.Hyperparameters adam() {
    return new AdamStep.Hyperparameters(beta1, beta2, epsilon, weightDecay);
  }
}
