package org.yuqiao.layers.attention;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The places where a position scheme may act inside self-attention. By default each method returns
 * its first argument. {@code offset} is the position of the first query; keys begin at 0 except in
 * {@link #onKeys}.
 */
public interface AttentionPositions {
  /** Acts nowhere. */
  AttentionPositions NONE = new AttentionPositions() {};

  /** Acts on queries {@code [B, T, D]}. */
  default SDVariable onQueries(SDVariable queries, PositionOffset offset) {
    return queries;
  }

  /** Acts on keys {@code [B, S, D]} of positions from {@code offset} on. */
  default SDVariable onKeys(SDVariable keys, PositionOffset offset) {
    return keys;
  }

  /**
   * Acts on the scores.
   *
   * @param scores {@code [B, H, T, S]}, scaled
   * @param queries {@code [B, T, D]}, as projected
   * @param mask {@code [B, S]}
   */
  default SDVariable onScores(
      SDVariable scores, SDVariable queries, SDVariable mask, PositionOffset offset) {
    return scores;
  }

  /**
   * Acts on the weighted sum of the values.
   *
   * @param context {@code [B, T, D]}
   * @param weights {@code [B, H, T, S]}
   */
  default SDVariable onContext(SDVariable context, SDVariable weights, PositionOffset offset) {
    return context;
  }
}
