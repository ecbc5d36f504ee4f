package org.yuqiao.backend.simd;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Dot products with rows of a matrix and weighted sums of rows: the two steps of Word2Vec.
 *
 * <p>Rows are padded with zeros to {@link SimdMath#padded}. Lanes are added in a fixed order, so
 * that a result does not depend on the progress of the just-in-time compiler. One instance a
 * thread.
 */
public final class RowMath {
  private static final int LANES = SimdMath.LANES;

  private final int stride;
  private final float[] lanes = new float[3 * LANES];

  /** Works on rows of {@code stride} elements, see {@link SimdMath#padded}. */
  public RowMath(int stride) {
    this.stride = stride;
  }

  /**
   * result_t = x . row_t, three rows at a time so that x is loaded once for them.
   *
   * @param x holds the vector at {@code xAt}
   * @param rows holds row t at {@code at[t]}
   * @param result is filled from {@code to} on
   */
  public void dots(float[] x, int xAt, float[] rows, int[] at, int count, float[] result, int to) {
    int t = 0;
    for (; t + 3 <= count; t += 3) {
      dots(x, xAt, rows, at[t], at[t + 1], at[t + 2]);
      result[to + t] = SimdMath.sum(lanes, 0);
      result[to + t + 1] = SimdMath.sum(lanes, LANES);
      result[to + t + 2] = SimdMath.sum(lanes, 2 * LANES);
    }
    for (; t < count; t++) {
      dot(x, xAt, rows, at[t]);
      result[to + t] = SimdMath.sum(lanes, 0);
    }
  }

  private void dots(float[] x, int xAt, float[] rows, int row1, int row2, int row3) {
    FloatVector sum1 = SimdMath.broadcast(0);
    FloatVector sum2 = SimdMath.broadcast(0);
    FloatVector sum3 = SimdMath.broadcast(0);
    for (int d = 0; d < stride; d += LANES) {
      FloatVector v = SimdMath.load(x, xAt + d);
      sum1 = v.fma(SimdMath.load(rows, row1 + d), sum1);
      sum2 = v.fma(SimdMath.load(rows, row2 + d), sum2);
      sum3 = v.fma(SimdMath.load(rows, row3 + d), sum3);
    }
    sum1.intoArray(lanes, 0);
    sum2.intoArray(lanes, LANES);
    sum3.intoArray(lanes, 2 * LANES);
  }

  private void dot(float[] x, int xAt, float[] rows, int row) {
    FloatVector sum = SimdMath.broadcast(0);
    for (int d = 0; d < stride; d += LANES) {
      FloatVector v = SimdMath.load(x, xAt + d);
      sum = v.fma(SimdMath.load(rows, row + d), sum);
    }
    sum.intoArray(lanes, 0);
  }

  /**
   * target = sum over t of weight_t row_t.
   *
   * @param rows holds row t at {@code at[t]}
   * @param weights holds weight t at {@code from + t}
   * @param target is filled from {@code to} on
   */
  public void weightedSum(
      float[] rows, int[] at, int count, float[] weights, int from, float[] target, int to) {
    int t = 0;
    for (; t + 3 <= count; t += 3) {
      FloatVector w1 = SimdMath.broadcast(weights[from + t]);
      FloatVector w2 = SimdMath.broadcast(weights[from + t + 1]);
      FloatVector w3 = SimdMath.broadcast(weights[from + t + 2]);
      int row1 = at[t];
      int row2 = at[t + 1];
      int row3 = at[t + 2];
      for (int d = 0; d < stride; d += LANES) {
        // The first rows do not read the target: it need not be cleared, nor be in the cache.
        FloatVector sum = t == 0 ? SimdMath.broadcast(0) : SimdMath.load(target, to + d);
        sum = w1.fma(SimdMath.load(rows, row1 + d), sum);
        sum = w2.fma(SimdMath.load(rows, row2 + d), sum);
        sum = w3.fma(SimdMath.load(rows, row3 + d), sum);
        sum.intoArray(target, to + d);
      }
    }
    if (t == 0) {
      Arrays.fill(target, to, to + stride, 0f);
    }
    for (; t < count; t++) {
      add(rows, at[t], weights[from + t], target, to, stride);
    }
  }

  /**
   * target += sum over t of weight_t row_t.
   *
   * @param rows holds row t at {@code at[t]}
   * @param weights holds weight t at {@code from + t * step}
   * @param target is changed from {@code to} on
   */
  public void addWeighted(
      float[] rows,
      int[] at,
      int count,
      float[] weights,
      int from,
      int step,
      float[] target,
      int to) {
    int t = 0;
    for (; t + 3 <= count; t += 3) {
      FloatVector w1 = SimdMath.broadcast(weights[from + t * step]);
      FloatVector w2 = SimdMath.broadcast(weights[from + (t + 1) * step]);
      FloatVector w3 = SimdMath.broadcast(weights[from + (t + 2) * step]);
      int row1 = at[t];
      int row2 = at[t + 1];
      int row3 = at[t + 2];
      for (int d = 0; d < stride; d += LANES) {
        FloatVector sum = SimdMath.load(target, to + d);
        sum = w1.fma(SimdMath.load(rows, row1 + d), sum);
        sum = w2.fma(SimdMath.load(rows, row2 + d), sum);
        sum = w3.fma(SimdMath.load(rows, row3 + d), sum);
        sum.intoArray(target, to + d);
      }
    }
    for (; t < count; t++) {
      add(rows, at[t], weights[from + t * step], target, to, stride);
    }
  }

  /** target += scale row over {@code stride} elements. */
  public static void add(float[] row, int from, float scale, float[] target, int to, int stride) {
    FloatVector factor = SimdMath.broadcast(scale);
    for (int d = 0; d < stride; d += LANES) {
      FloatVector sum = SimdMath.load(target, to + d);
      factor.fma(SimdMath.load(row, from + d), sum).intoArray(target, to + d);
    }
  }
}
