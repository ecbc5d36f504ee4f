package org.yuqiao.backend.optimizer;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The AdamW step: Adam (Kingma and Ba 2015, algorithm 1) with decoupled weight decay (Loshchilov
 * and Hutter 2019) over flat arrays.
 *
 * <p>Threads share the work by ranges, each with an instance of its own; the result does not depend
 * on the ranges.
 */
public interface AdamStep {
  /**
   * The settings that stay the same from step to step.
   *
   * @param weightDecay times the learning rate: the fraction of each parameter that is taken off
   */
  record Hyperparameters(double beta1, double beta2, double epsilon, double weightDecay) {
    /** The coefficients of step number {@code step}, the first being 1. */
    Coefficients at(long step, double learningRate) {
      double correction1 = 1 - Math.pow(beta1, (double) step);
      double correction2 = Math.sqrt(1 - Math.pow(beta2, (double) step));
      return new Coefficients(
          learningRate * correction2 / correction1,
          epsilon * correction2,
          1 - learningRate * weightDecay);
    }
  }

  /**
   * The numbers of one step: w becomes decay w - stepSize m / (sqrt(v) + epsilon).
   *
   * @param stepSize the learning rate with the bias of both moments corrected (end of section 2)
   */
  record Coefficients(double stepSize, double epsilon, double decay) {}

  /** The flat arrays of one model, all of the same length. */
  record State(INDArray parameters, INDArray firstMoment, INDArray secondMoment) {}

  /**
   * Adds up {@code gradients} in the first of them, from {@code from} to before {@code to}.
   *
   * @return the sum of squares of the result over the range
   */
  double sumInto(INDArray[] gradients, int from, int to);

  /**
   * Updates the parameters and moments from {@code from} to before {@code to}.
   *
   * @param gradientScale multiplies each gradient first (1 / tokens, gradient clipping)
   * @param step the number of this step, the first being 1
   */
  void update(
      State state,
      INDArray gradient,
      int from,
      int to,
      double gradientScale,
      double learningRate,
      long step);
}
