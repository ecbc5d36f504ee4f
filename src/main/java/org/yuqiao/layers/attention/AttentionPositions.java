package org.yuqiao.layers.attention;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Where a position scheme may act inside self-attention. Each method gives back what it is given
 * unless the scheme acts there, and is told where the queries begin; keys begin at 0 but for those
 * of {@link #onKeys}.
 */
public interface AttentionPositions {
  /** Acts nowhere. */
  AttentionPositions NONE = new AttentionPositions() {};

  /** On the queries that meet the keys: {@code [B, T, D]}. */
  default SDVariable onQueries(SDVariable queries, PositionOffset beginning) {
    return queries;
  }

  /** On keys {@code [B, S, D]} of positions from {@code beginning} on. */
  default SDVariable onKeys(SDVariable keys, PositionOffset beginning) {
    return keys;
  }

  /**
   * On the scores.
   *
   * @param scores {@code [B, H, T, S]}, scaled
   * @param queries {@code [B, T, D]}, as projected
   * @param mask {@code [B, S]}
   */
  default SDVariable onScores(
      SDVariable scores, SDVariable queries, SDVariable mask, PositionOffset beginning) {
    return scores;
  }

  /**
   * On the weighted sum of the values.
   *
   * @param context {@code [B, T, D]}
   * @param weights {@code [B, H, T, S]}
   */
  default SDVariable onContext(SDVariable context, SDVariable weights, PositionOffset beginning) {
    return context;
  }
}
