package org.yuqiao.layers.attention;

/**
 * The settings of multi-head attention.
 *
 * @param heads H, which divides D
 * @param function turns scores into weights
 * @param scale multiplies the scores
 * @param queryKey whether queries and keys share one projection
 */
public record AttentionSettings(
    int heads, AttentionFunction function, ScoreScale scale, QueryKey queryKey) {
  /** As in "Attention Is All You Need". */
  public static AttentionSettings ofPaper(int heads) {
    return new AttentionSettings(
        heads, AttentionFunction.SOFTMAX, ScoreScale.SQRT, QueryKey.SEPARATE);
  }
}
