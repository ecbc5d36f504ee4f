package org.yuqiao.backend.simd;

import jdk.incubator.vector.FloatVector;

/**
 * Softmax of contiguous rows of scores, each padded to whole vectors with minus infinity. A row of
 * minus infinity only becomes zeros.
 */
public final class RowSoftmax {
  private RowSoftmax() {}

  /**
   * Replaces {@code rows} rows of {@code length} elements by their softmax: first the exponentials
   * of all rows, then the sums, so that no row waits for the one before.
   *
   * @param sums a buffer for one vector per row
   */
  public static void of(float[] scores, int rows, int length, float[] sums) {
    if (length == 0) {
      return;
    }
    for (int r = 0; r < rows; r++) {
      exponentials(scores, r * length, length, sums, r * SimdMath.LANES);
    }
    for (int r = 0; r < rows; r++) {
      float sum = SimdMath.sum(sums, r * SimdMath.LANES);
      float scale = sum == 0 ? 0 : 1 / sum;
      for (int i = r * length; i < (r + 1) * length; i += SimdMath.LANES) {
        SimdMath.load(scores, i).mul(scale).intoArray(scores, i);
      }
    }
  }

  /** e^(x - max) of a row, and the sum of each lane. */
  private static void exponentials(float[] scores, int from, int length, float[] sums, int to) {
    FloatVector maxByLane = SimdMath.load(scores, from);
    for (int i = from + SimdMath.LANES; i < from + length; i += SimdMath.LANES) {
      maxByLane = maxByLane.max(SimdMath.load(scores, i));
    }
    float max = Math.max(SimdMath.max(maxByLane), -Float.MAX_VALUE);
    FloatVector sum = SimdMath.broadcast(0);
    for (int i = from; i < from + length; i += SimdMath.LANES) {
      FloatVector exponential = SimdMath.exp(SimdMath.load(scores, i).sub(max));
      exponential.intoArray(scores, i);
      sum = sum.add(exponential);
    }
    sum.intoArray(sums, to);
  }
}
