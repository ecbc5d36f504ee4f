package org.yuqiao.backend.simd;

import jdk.incubator.vector.FloatVector;

/**
 * The soft-max of rows of scores that lie one after the other, each padded to whole vectors with
 * minus infinity. A row in which all is minus infinity becomes zeros.
 */
public final class RowSoftmax {
  private RowSoftmax() {}

  /**
   * Makes {@code rows} rows of {@code length} elements their soft-max. First the powers of all
   * rows, then their sums: a row need not wait for the one before.
   *
   * @param sums room for a vector of each row
   */
  public static void of(float[] scores, int rows, int length, float[] sums) {
    if (length == 0) {
      return;
    }
    for (int r = 0; r < rows; r++) {
      powers(scores, r * length, length, sums, r * SimdMath.COUNT);
    }
    for (int r = 0; r < rows; r++) {
      float sum = SimdMath.sum(sums, r * SimdMath.COUNT);
      float factor = sum == 0 ? 0 : 1 / sum;
      for (int i = r * length; i < (r + 1) * length; i += SimdMath.COUNT) {
        SimdMath.load(scores, i).mul(factor).intoArray(scores, i);
      }
    }
  }

  /** e to the power of what each element is below the greatest, and their sums lane by lane. */
  private static void powers(float[] scores, int from, int length, float[] sums, int to) {
    FloatVector greatest = SimdMath.load(scores, from);
    for (int i = from + SimdMath.COUNT; i < from + length; i += SimdMath.COUNT) {
      greatest = greatest.max(SimdMath.load(scores, i));
    }
    float max = Math.max(SimdMath.max(greatest), -Float.MAX_VALUE);
    FloatVector sum = SimdMath.all(0);
    for (int i = from; i < from + length; i += SimdMath.COUNT) {
      FloatVector power = SimdMath.exp(SimdMath.load(scores, i).sub(max));
      power.intoArray(scores, i);
      sum = sum.add(power);
    }
    sum.intoArray(sums, to);
  }
}
