package org.yuqiao.backend.simd;

import jdk.incubator.vector.FloatVector;

/** The mean of several distributions, all of them as logarithms: log(1/n sum e^x). */
public final class MeanProbability {
  private MeanProbability() {}

  /**
   * Computes it for every element.
   *
   * @param logarithms n distributions of one length
   * @param result of that length
   */
  public static void of(float[][] logarithms, float[] result) {
    int whole = result.length - result.length % SimdMath.COUNT;
    for (int i = 0; i < whole; i += SimdMath.COUNT) {
      FloatVector greatest = SimdMath.load(logarithms[0], i);
      for (float[] one : logarithms) {
        greatest = greatest.max(SimdMath.load(one, i));
      }
      FloatVector sum = SimdMath.all(0);
      for (float[] one : logarithms) {
        sum = sum.add(SimdMath.exp(SimdMath.load(one, i).sub(greatest)));
      }
      sum.intoArray(result, i);
      for (int j = i; j < i + SimdMath.COUNT; j++) {
        result[j] = (float) (Math.log(result[j] / logarithms.length) + greatest.lane(j - i));
      }
    }
    for (int i = whole; i < result.length; i++) {
      result[i] = single(logarithms, i);
    }
  }

  private static float single(float[][] logarithms, int at) {
    float greatest = Float.NEGATIVE_INFINITY;
    for (float[] one : logarithms) {
      greatest = Math.max(greatest, one[at]);
    }
    double sum = 0;
    for (float[] one : logarithms) {
      sum += Math.exp(one[at] - greatest);
    }
    return (float) (Math.log(sum / logarithms.length) + greatest);
  }
}
