package org.yuqiao.backend;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Rounds each row of a matrix to integers of eight bits and a factor of its own: x = q s with s =
 * max |x| / 127 over the row (Jacob et al. 2018, section 2.1, with zero point 0). What a row
 * becomes does not depend on the others.
 */
final class RowQuantiser {
  private static final float LARGEST = 127;

  /** 127 divided by less would not be a float any more. */
  private static final float LEAST = 1e-35f;

  private RowQuantiser() {}

  /**
   * Rounds {@code count} numbers of {@code x} from {@code from} on, which become the integers q.
   *
   * @return s, 0 for a row of zeros or almost
   */
  static float round(float[] x, int from, int count) {
    float greatest = greatest(x, from, count);
    float factor = factor(greatest);
    int end = from + count;
    int i = from;
    for (; i + Lanes.COUNT <= end; i += Lanes.COUNT) {
      Lanes.load(x, i).mul(factor).add(Lanes.ROUNDING).sub(Lanes.ROUNDING).intoArray(x, i);
    }
    for (; i < end; i++) {
      x[i] = x[i] * factor + Lanes.ROUNDING - Lanes.ROUNDING;
    }
    return unit(greatest);
  }

  /**
   * The same with the integers written to {@code target} as bytes, at the places of their numbers;
   * {@code x} stays.
   */
  static float toBytes(float[] x, int from, int count, byte[] target) {
    float greatest = greatest(x, from, count);
    float factor = factor(greatest);
    int end = from + count;
    int i = from;
    for (; i + Lanes.COUNT <= end; i += Lanes.COUNT) {
      // The low bits of the sum are the integer.
      ((ByteVector)
              Lanes.load(x, i)
                  .mul(factor)
                  .add(Lanes.ROUNDING)
                  .reinterpretAsInts()
                  .convertShape(VectorOperators.I2B, Lanes.BYTES, 0))
          .intoArray(target, i);
    }
    for (; i < end; i++) {
      target[i] = (byte) (x[i] * factor + Lanes.ROUNDING - Lanes.ROUNDING);
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
    FloatVector most = Lanes.all(0f);
    FloatVector others = most;
    int end = from + count;
    int i = from;
    for (; i + 2 * Lanes.COUNT <= end; i += 2 * Lanes.COUNT) {
      most = most.max(Lanes.load(x, i).abs());
      others = others.max(Lanes.load(x, i + Lanes.COUNT).abs());
    }
    float greatest = Lanes.max(most.max(others));
    for (; i < end; i++) {
      greatest = Math.max(greatest, Math.abs(x[i]));
    }
    return greatest;
  }

  /** The length of a row, |x|. */
  static float norm(float[] x, int from, int count) {
    return distance(x, from, count, 0);
  }

  /**
   * How far a row is from what it is rounded to, |x - q s|.
   *
   * @param unit s; with 0 it is the length of the row
   */
  static float distance(float[] x, int from, int count, float unit) {
    float factor = unit == 0 ? 0 : 1 / unit;
    FloatVector sums = Lanes.all(0);
    int end = from + count;
    int i = from;
    for (; i + Lanes.COUNT <= end; i += Lanes.COUNT) {
      FloatVector value = Lanes.load(x, i);
      FloatVector q = value.mul(factor).add(Lanes.ROUNDING).sub(Lanes.ROUNDING);
      FloatVector error = q.fma(Lanes.all(-unit), value);
      sums = error.fma(error, sums);
    }
    float sum = Lanes.sum(sums);
    for (; i < end; i++) {
      float error = x[i] - unit * (x[i] * factor + Lanes.ROUNDING - Lanes.ROUNDING);
      sum += error * error;
    }
    return (float) Math.sqrt(sum);
  }
}
