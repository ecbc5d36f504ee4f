package org.yuqiao.backend.simd;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Rounds each row of a matrix to integers of eight bits and a factor of its own: x = q s with s =
 * max |x| / 127 over the row (Jacob et al. 2018, section 2.1, with zero point 0). What a row
 * becomes does not depend on the others.
 */
public final class RowQuantizer {
  private static final float LARGEST = 127;

  /** 127 divided by less would not be a float any more. */
  private static final float LEAST = 1e-35f;

  private RowQuantizer() {}

  /**
   * Rounds {@code count} numbers of {@code x} from {@code from} on, which become the integers q.
   *
   * @return s, 0 for a row of zeros or almost
   */
  public static float round(float[] x, int from, int count) {
    float greatest = greatest(x, from, count);
    float factor = factor(greatest);
    int end = from + count;
    int i = from;
    for (; i + SimdMath.COUNT <= end; i += SimdMath.COUNT) {
      SimdMath.load(x, i).mul(factor).add(SimdMath.ROUNDING).sub(SimdMath.ROUNDING).intoArray(x, i);
    }
    for (; i < end; i++) {
      x[i] = x[i] * factor + SimdMath.ROUNDING - SimdMath.ROUNDING;
    }
    return unit(greatest);
  }

  /**
   * The same with the integers written to {@code target} as bytes, at the places of their numbers;
   * {@code x} stays.
   */
  public static float toBytes(float[] x, int from, int count, byte[] target) {
    float greatest = greatest(x, from, count);
    float factor = factor(greatest);
    int end = from + count;
    int i = from;
    for (; i + SimdMath.COUNT <= end; i += SimdMath.COUNT) {
      // The low bits of the sum are the integer.
      ((ByteVector)
              SimdMath.load(x, i)
                  .mul(factor)
                  .add(SimdMath.ROUNDING)
                  .reinterpretAsInts()
                  .convertShape(VectorOperators.I2B, SimdMath.BYTES, 0))
          .intoArray(target, i);
    }
    for (; i < end; i++) {
      target[i] = (byte) (x[i] * factor + SimdMath.ROUNDING - SimdMath.ROUNDING);
    }
    return unit(greatest);
  }

  /** What a row is multiplied with before it is rounded. */
  private static float factor(float greatest) {
    return greatest < LEAST ? 0 : LARGEST / greatest;
  }

  /** What an integer of the row stands for. */
  private static float unit(float greatest) {
    return greatest < LEAST ? 0 : greatest / LARGEST;
  }

  private static float greatest(float[] x, int from, int count) {
    FloatVector most = SimdMath.all(0f);
    FloatVector others = most;
    int end = from + count;
    int i = from;
    for (; i + 2 * SimdMath.COUNT <= end; i += 2 * SimdMath.COUNT) {
      most = most.max(SimdMath.load(x, i).abs());
      others = others.max(SimdMath.load(x, i + SimdMath.COUNT).abs());
    }
    float greatest = SimdMath.max(most.max(others));
    for (; i < end; i++) {
      greatest = Math.max(greatest, Math.abs(x[i]));
    }
    return greatest;
  }
}
