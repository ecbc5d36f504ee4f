package org.yuqiao.decode.explain;

import java.util.List;

/**
 * The weights of one kind of attention over a sentence pair.
 *
 * @param queries the T query tokens
 * @param keys the S key tokens
 * @param weights {@code [layers][heads][T][S]}; with softmax the weights of a query sum to 1
 */
public record AttentionWeights(List<String> queries, List<String> keys, float[][][][] weights) {
  /** The mean over the heads of a layer: {@code [heads][T][S]} to {@code [T][S]}. */
  public static float[][] meanOfHeads(float[][][] heads) {
    float[][] mean = new float[heads[0].length][heads[0][0].length];
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
