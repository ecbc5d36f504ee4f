package org.yuqiao.layers.attention;

/**
 * How attention is done.
 *
 * @param heads H, which divides D
 * @param function what makes weights of scores
 * @param scale what scores are multiplied by
 * @param queryKey whether queries and keys share their projection
 */
public record AttentionSettings(
    int heads, AttentionFunction function, ScoreScale scale, QueryKey queryKey) {
  /** As in "Attention Is All You Need". */
  public static AttentionSettings ofPaper(int heads) {
    return new AttentionSettings(
        heads, AttentionFunction.SOFTMAX, ScoreScale.SQRT, QueryKey.SEPARATE);
  }
}
