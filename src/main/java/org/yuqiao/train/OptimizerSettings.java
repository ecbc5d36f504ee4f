package org.yuqiao.train;

import org.yuqiao.backend.optimizer.AdamStep;
import org.yuqiao.files.InvalidInputException;

/**
 * How parameters follow their gradients.
 *
 * @param schedule the rule of the learning rate: noam, constant, inverse-root or cosine
 * @param rate its factor (noam) or peak (all others)
 * @param warmup steps of linear growth
 * @param decaySteps the step at which cosine reaches 0
 * @param beta1 decay of Adam's first moment
 * @param beta2 decay of Adam's second moment
 * @param epsilon Adam's epsilon
 * @param weightDecay decoupled weight decay
 * @param clipNorm the greatest global norm of the gradient; 0 for no clipping
 */
public record OptimizerSettings(
    String schedule,
    double rate,
    int warmup,
    long decaySteps,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    double clipNorm) {

  /** Checks the values. */
  public OptimizerSettings {
    if (rate <= 0) {
      throw new InvalidInputException("optimiser.rate must be above 0, not " + rate);
    }
    if (beta1 < 0 || beta1 >= 1 || beta2 < 0 || beta2 >= 1) {
      throw new InvalidInputException(
          "optimiser.beta1 and optimiser.beta2 must be from 0 to below 1");
    }
    if (epsilon <= 0) {
      throw new InvalidInputException("optimiser.epsilon must be above 0, not " + epsilon);
    }
    if (warmup < 0 || weightDecay < 0 || clipNorm < 0) {
      throw new InvalidInputException(
          "optimiser.warmup, optimiser.weightDecay and optimiser.clipNorm must not be below 0");
    }
    if (schedule.equals("cosine") && decaySteps <= warmup) {
      throw new InvalidInputException(
          "optimiser.schedule cosine needs optimiser.decaySteps above optimiser.warmup, but "
              + decaySteps
              + " is not above "
              + warmup);
    }
  }

  /** The schedule for a model of width {@code width}. */
  public LearningRateSchedule schedule(int width) {
    return switch (schedule) {
      case "noam" -> new LearningRateSchedule.Noam(rate, width, warmup);
      case "constant" -> new LearningRateSchedule.Constant(rate, warmup);
      case "inverse-root" -> new LearningRateSchedule.InverseRoot(rate, warmup);
      case "cosine" -> new LearningRateSchedule.Cosine(rate, warmup, decaySteps);
      default ->
          throw new InvalidInputException(
              "optimiser.schedule '"
                  + schedule
                  + "' is unknown; expected noam, constant, inverse-root or cosine");
    };
  }

  AdamStep.Hyperparameters adam() {
    return new AdamStep.Hyperparameters(beta1, beta2, epsilon, weightDecay);
  }
}
