package org.yuqiao.backend.optimizer;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adam (Kingma and Ba 2015, algorithm 1) with decoupled weight decay (Loshchilov and Hutter 2019)
 * over flat arrays. A range can be given, so that threads share the work, each with a step of its
 * own; the result does not depend on the ranges.
 */
public interface AdamStep {
  /**
   * What does not change from step to step.
   *
   * @param weightDecay the share of a parameter taken off, times the learning rate
   */
  record Hyperparameters(double beta1, double beta2, double epsilon, double weightDecay) {
    /** What the step number {@code step}, the first being 1, makes of them. */
    Coefficients at(long step, double rate) {
      double correction1 = 1 - Math.pow(beta1, (double) step);
      double correction2 = Math.sqrt(1 - Math.pow(beta2, (double) step));
      return new Coefficients(
          rate * correction2 / correction1, epsilon * correction2, 1 - rate * weightDecay);
    }
  }

  /**
   * Of one step, in which w becomes keep w - pace m / (sqrt(v) + epsilon).
   *
   * @param pace the learning rate, with both moments' bias corrected (end of section 2)
   */
  record Coefficients(double pace, double epsilon, double keep) {}

  /** The flat arrays of one model, all of one length. */
  record State(INDArray parameters, INDArray firstMoment, INDArray secondMoment) {}

  /**
   * Sums {@code gradients} into the first of them.
   *
   * @return the sum of squares of the result over the range
   */
  double sumInto(INDArray[] gradients, int from, int to);

  /**
   * Moves the parameters from {@code from} to before {@code to}.
   *
   * @param gradientScale what each gradient is multiplied by first (1 / tokens, and clipping)
   * @param step the number of this step, the first being 1
   */
  void update(
      State state,
      INDArray gradient,
      int from,
      int to,
      double gradientScale,
      double rate,
      long step);
}
