package org.yuqiao.backend.simd;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Quantizes a row to int8 with a scale of its own: x = q s with s = max |x| / 127 over the row
 * (Jacob et al. 2018, section 2.1, with zero point 0).
 */
public final class RowQuantizer {
  private static final float MAX_INT8 = 127;

  /** Rows with a smaller max become 0: 127 divided by it would exceed float32. */
  private static final float MIN_MAX = 1e-35f;

  private RowQuantizer() {}

  /**
   * Replaces {@code count} elements of {@code x} from {@code from} on by q, as float32.
   *
   * @return s, 0 for a row of zeros or almost
   */
  public static float quantizeInPlace(float[] x, int from, int count) {
    float max = absMax(x, from, count);
    float inverse = inverseScale(max);
    int end = from + count;
    int i = from;
    for (; i + SimdMath.LANES <= end; i += SimdMath.LANES) {
      SimdMath.load(x, i)
          .mul(inverse)
          .add(SimdMath.ROUNDING)
          .sub(SimdMath.ROUNDING)
          .intoArray(x, i);
    }
    for (; i < end; i++) {
      x[i] = x[i] * inverse + SimdMath.ROUNDING - SimdMath.ROUNDING;
    }
    return scale(max);
  }

  /** The same with q written to {@code target} at the same indices; {@code x} is unchanged. */
  public static float quantize(float[] x, int from, int count, byte[] target) {
    float max = absMax(x, from, count);
    float inverse = inverseScale(max);
    int end = from + count;
    int i = from;
    for (; i + SimdMath.LANES <= end; i += SimdMath.LANES) {
      // The low bits of the sum are the integer.
      ((ByteVector)
              SimdMath.load(x, i)
                  .mul(inverse)
                  .add(SimdMath.ROUNDING)
                  .reinterpretAsInts()
                  .convertShape(VectorOperators.I2B, SimdMath.BYTE_SPECIES, 0))
          .intoArray(target, i);
    }
    for (; i < end; i++) {
      target[i] = (byte) (x[i] * inverse + SimdMath.ROUNDING - SimdMath.ROUNDING);
    }
    return scale(max);
  }

  private static float inverseScale(float max) {
    return max < MIN_MAX ? 0 : MAX_INT8 / max;
  }

  private static float scale(float max) {
    return max < MIN_MAX ? 0 : max / MAX_INT8;
  }

  private static float absMax(float[] x, int from, int count) {
    FloatVector a = SimdMath.broadcast(0f);
    FloatVector b = a;
    int end = from + count;
    int i = from;
    for (; i + 2 * SimdMath.LANES <= end; i += 2 * SimdMath.LANES) {
      a = a.max(SimdMath.load(x, i).abs());
      b = b.max(SimdMath.load(x, i + SimdMath.LANES).abs());
    }
    float max = SimdMath.max(a.max(b));
    for (; i < end; i++) {
      max = Math.max(max, Math.abs(x[i]));
    }
    return max;
  }
}
