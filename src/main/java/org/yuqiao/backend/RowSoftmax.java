package org.yuqiao.backend;

import jdk.incubator.vector.FloatVector;

/**
 * The soft-max of rows of scores that lie one after the other, each padded to whole vectors with
 * minus infinity. A row in which all is minus infinity becomes zeros.
 */
final class RowSoftmax {
  private RowSoftmax() {}

  /**
   * Makes {@code rows} rows of {@code length} elements their soft-max. First the powers of all
   * rows, then their sums: a row need not wait for the one before.
   *
   * @param sums room for a vector of each row
   */
  static void of(float[] scores, int rows, int length, float[] sums) {
    if (length == 0) {
      return;
    }
    for (int r = 0; r < rows; r++) {
      powers(scores, r * length, length, sums, r * Lanes.COUNT);
    }
    for (int r = 0; r < rows; r++) {
      float sum = Lanes.sum(sums, r * Lanes.COUNT);
      float factor = sum == 0 ? 0 : 1 / sum;
      for (int i = r * length; i < (r + 1) * length; i += Lanes.COUNT) {
        Lanes.load(scores, i).mul(factor).intoArray(scores, i);
      }
    }
  }

  /** e to the power of what each element is below the greatest, and their sums lane by lane. */
  private static void powers(float[] scores, int from, int length, float[] sums, int to) {
    FloatVector greatest = Lanes.load(scores, from);
    for (int i = from + Lanes.COUNT; i < from + length; i += Lanes.COUNT) {
      greatest = greatest.max(Lanes.load(scores, i));
    }
    float max = Math.max(Lanes.max(greatest), -Float.MAX_VALUE);
    FloatVector sum = Lanes.all(0);
    for (int i = from; i < from + length; i += Lanes.COUNT) {
      FloatVector power = Lanes.exp(Lanes.load(scores, i).sub(max));
      power.intoArray(scores, i);
      sum = sum.add(power);
    }
    sum.intoArray(sums, to);
  }
}
