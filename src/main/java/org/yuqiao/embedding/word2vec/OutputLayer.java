package org.yuqiao.embedding.word2vec;

import org.yuqiao.backend.simd.RowMath;
import org.yuqiao.backend.simd.SimdMath;

/**
 * One training step of Word2Vec's output layer: a logistic regression on h_c . o_t separates the
 * positive target from the noise words. With e_ct = alpha (label_t - sigmoid(h_c . o_t)), the
 * gradient of hidden vector h_c is sum_t e_ct o_t, and each o_t grows by sum_c e_ct h_c. Several
 * hidden vectors at once make small matmuls of it (Ji et al., 2016): each row is loaded once.
 *
 * <p>One instance a thread; all threads share the output matrix without locks (Recht et al.,
 * "Hogwild!", 2011).
 */
final class OutputLayer {
  private final float[] output;
  private final int stride;
  private final RowMath rows;
  private final float[] errors;

  /**
   * @param output the matrix of all output rows
   * @param stride the distance between rows, see {@link SimdMath#padded(int)}
   * @param maxHidden the maximum number of hidden vectors in a step
   * @param maxTargets the maximum number of targets in a step
   */
  OutputLayer(float[] output, int stride, int maxHidden, int maxTargets) {
    this.output = output;
    this.stride = stride;
    this.rows = new RowMath(stride);
    this.errors = new float[maxHidden * maxTargets];
  }

  /**
   * One step.
   *
   * @param hidden holds the hidden vectors
   * @param at where each begins
   * @param count how many there are
   * @param gradient is filled with the hidden vectors' gradients, one after the other
   */
  void step(float[] hidden, int[] at, int count, Targets targets, float alpha, float[] gradient) {
    int width = targets.count;
    for (int c = 0; c < count; c++) {
      computeErrors(hidden, at[c], targets, alpha, c * width);
    }
    for (int c = 0; c < count; c++) {
      rows.weightedSum(output, targets.at, width, errors, c * width, gradient, c * stride);
    }
    for (int t = 0; t < width; t++) {
      rows.addWeighted(hidden, at, count, errors, t, width, output, targets.at[t]);
    }
  }

  /** The logits h . o_t of one hidden vector with all targets. */
  void logits(float[] hidden, int at, Targets targets, float[] logits, int to) {
    rows.dots(hidden, at, output, targets.at, targets.count, logits, to);
  }

  private void computeErrors(float[] hidden, int at, Targets targets, float alpha, int to) {
    logits(hidden, at, targets, errors, to);
    for (int t = 0; t < targets.count; t++) {
      errors[to + t] = alpha * (targets.labels[t] - Sigmoid.of(errors[to + t]));
    }
  }
}
