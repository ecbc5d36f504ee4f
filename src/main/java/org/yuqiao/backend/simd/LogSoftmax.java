package org.yuqiao.backend.simd;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Log-softmax of a row of logits: x - log sum e^x. It is taken row by row where a row is read, so
 * that the row stays in the first-level cache until a token has been chosen.
 */
public final class LogSoftmax {
  private LogSoftmax() {}

  /** Replaces the logits of one row {@code [V]} by their log-probabilities. */
  public static void of(float[] row) {
    int whole = row.length - row.length % SimdMath.LANES;
    float normalizer = normalizer(row, whole);
    for (int i = 0; i < whole; i += SimdMath.LANES) {
      SimdMath.load(row, i).sub(normalizer).intoArray(row, i);
    }
    for (int i = whole; i < row.length; i++) {
      row[i] -= normalizer;
    }
  }

  private static float normalizer(float[] row, int whole) {
    if (whole == row.length) {
      return (float) logSumExp(row, whole);
    }
    float[] padded = Arrays.copyOf(row, whole + SimdMath.LANES);
    Arrays.fill(padded, row.length, padded.length, Float.NEGATIVE_INFINITY);
    return (float) logSumExp(padded, padded.length);
  }

  /** log sum e^x of the first {@code length} elements, a multiple of the vector length. */
  public static double logSumExp(float[] row, int length) {
    float max = SimdMath.max(SimdMath.maxByLane(row, length));
    FloatVector sums = SimdMath.broadcast(0);
    for (int i = 0; i < length; i += SimdMath.LANES) {
      sums = sums.add(SimdMath.exp(SimdMath.load(row, i).sub(max)));
    }
    return max + Math.log(SimdMath.sum(sums));
  }
}
