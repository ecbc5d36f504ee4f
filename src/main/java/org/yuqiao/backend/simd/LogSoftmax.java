package org.yuqiao.backend.simd;

import java.util.Arrays;
import org.yuqiao.backend.kernel.CrossEntropyKernel;

/**
 * From logits to log-probabilities: x - log sum e^x. Of a row when it is read, not of a whole
 * batch: the row stays in the first-level cache until a token has been chosen.
 */
public final class LogSoftmax {
  private LogSoftmax() {}

  /** Makes the logits of one row {@code [V]} its log-probabilities. */
  public static void of(float[] row) {
    int whole = row.length - row.length % SimdMath.COUNT;
    float normalizer = normalizer(row, whole);
    for (int i = 0; i < whole; i += SimdMath.COUNT) {
      SimdMath.load(row, i).sub(normalizer).intoArray(row, i);
    }
    for (int i = whole; i < row.length; i++) {
      row[i] -= normalizer;
    }
  }

  private static float normalizer(float[] row, int whole) {
    if (whole == row.length) {
      return (float) CrossEntropyKernel.logNormalizer(row, whole);
    }
    float[] padded = Arrays.copyOf(row, whole + SimdMath.COUNT);
    Arrays.fill(padded, row.length, padded.length, Float.NEGATIVE_INFINITY);
    return (float) CrossEntropyKernel.logNormalizer(padded, padded.length);
  }
}
