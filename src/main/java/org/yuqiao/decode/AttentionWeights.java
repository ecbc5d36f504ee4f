package org.yuqiao.decode;

import java.util.List;

/**
 * What one kind of attention looked at while a sentence was translated.
 *
 * @param queries the tokens that look, T of them
 * @param keys the tokens that are looked at, S of them
 * @param weights {@code [layers][heads][T][S]}; with the soft-max the weights of a query add up to
 *     1
 */
public record AttentionWeights(List<String> queries, List<String> keys, float[][][][] weights) {
  /** The mean over the heads of {@code layer}: {@code [T][S]}. */
  public float[][] meanOfHeads(int layer) {
    float[][][] heads = weights[layer];
    float[][] mean = new float[queries.size()][keys.size()];
    for (float[][] head : heads) {
      for (int t = 0; t < mean.length; t++) {
        for (int s = 0; s < mean[t].length; s++) {
          mean[t][s] += head[t][s] / heads.length;
        }
      }
    }
    return mean;
  }
}
