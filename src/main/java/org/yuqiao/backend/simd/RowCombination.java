package org.yuqiao.backend.simd;

import jdk.incubator.vector.FloatVector;

/** The max of an element-wise combination of three rows, without storing the combination. */
public final class RowCombination {
  private RowCombination() {}

  /** The max of x - y + z, whose rows begin at these places of {@code values}. */
  public static float maxOfSum(float[] values, int x, int y, int z, int length) {
    FloatVector max = SimdMath.broadcast(Float.NEGATIVE_INFINITY);
    int whole = SimdMath.SPECIES.loopBound(length);
    for (int i = 0; i < whole; i += SimdMath.LANES) {
      FloatVector difference = SimdMath.load(values, x + i).sub(SimdMath.load(values, y + i));
      max = max.max(difference.add(SimdMath.load(values, z + i)));
    }
    float result = SimdMath.max(max);
    for (int i = whole; i < length; i++) {
      result = Math.max(result, values[x + i] - values[y + i] + values[z + i]);
    }
    return result;
  }

  /** The max of x z / (y + epsilon), whose rows begin at these places of {@code values}. */
  public static float maxOfQuotient(
      float[] values, int x, int y, int z, float epsilon, int length) {
    FloatVector max = SimdMath.broadcast(Float.NEGATIVE_INFINITY);
    int whole = SimdMath.SPECIES.loopBound(length);
    for (int i = 0; i < whole; i += SimdMath.LANES) {
      FloatVector product = SimdMath.load(values, x + i).mul(SimdMath.load(values, z + i));
      max = max.max(product.div(SimdMath.load(values, y + i).add(epsilon)));
    }
    float result = SimdMath.max(max);
    for (int i = whole; i < length; i++) {
      result = Math.max(result, values[x + i] * values[z + i] / (values[y + i] + epsilon));
    }
    return result;
  }
}
