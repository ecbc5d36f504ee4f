package org.yuqiao.backend.simd;

import jdk.incubator.vector.FloatVector;

/**
 * The logarithm of the mean of several models' probabilities, from their logarithms: the prediction
 * of an ensemble.
 */
public final class MeanProbability {
  private MeanProbability() {}

  /**
   * Computes it for every element.
   *
   * @param logProbabilities log-probabilities of each model
   * @param result takes as many values
   */
  public static void of(float[][] logProbabilities, float[] result) {
    int whole = result.length - result.length % SimdMath.LANES;
    for (int i = 0; i < whole; i += SimdMath.LANES) {
      FloatVector max = SimdMath.load(logProbabilities[0], i);
      for (float[] model : logProbabilities) {
        max = max.max(SimdMath.load(model, i));
      }
      FloatVector sum = SimdMath.broadcast(0);
      for (float[] model : logProbabilities) {
        sum = sum.add(SimdMath.exp(SimdMath.load(model, i).sub(max)));
      }
      sum.intoArray(result, i);
      for (int j = i; j < i + SimdMath.LANES; j++) {
        result[j] = (float) (Math.log(result[j] / logProbabilities.length) + max.lane(j - i));
      }
    }
    for (int i = whole; i < result.length; i++) {
      result[i] = single(logProbabilities, i);
    }
  }

  private static float single(float[][] logProbabilities, int at) {
    float max = Float.NEGATIVE_INFINITY;
    for (float[] model : logProbabilities) {
      max = Math.max(max, model[at]);
    }
    double sum = 0;
    for (float[] model : logProbabilities) {
      sum += Math.exp(model[at] - max);
    }
    return (float) (Math.log(sum / logProbabilities.length) + max);
  }
}
