package org.yuqiao.train;

import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.tensor.ParameterBuffer;

/**
 * The exponential moving average of a model's weights over the steps of training (Polyak and
 * Juditsky 1992; Tarvainen and Valpola 2017, section 2).
 *
 * @param weights the average
 * @param decay of one step
 */
record MovingAverage(ParameterBuffer weights, double decay) {
  /** The average follows every so many steps, with a decay that makes up for it. */
  private static final int INTERVAL = 10;

  /** Begins with {@code parameters}. */
  void begin(ParameterBuffer parameters) {
    weights.flat().assign(parameters.flat());
  }

  /**
   * Follows {@code parameters} after {@code step}: a = d a + (1 - d) w. While few steps are taken d
   * is at most (1 + step) / (10 + step), so that the first values are soon forgotten.
   */
  void follow(ParameterBuffer parameters, long step) {
    if (step % INTERVAL != 0) {
      return;
    }
    double d = Math.pow(Math.min(decay, (1.0 + step) / (10.0 + step)), INTERVAL);
    weights.flat().muli(d);
    Nd4j.getBlasWrapper().level1().axpy(weights.size(), 1 - d, parameters.flat(), weights.flat());
  }
}
