package org.yuqiao.graph;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Where a position scheme may act inside self-attention. Each method gives back what it is given
 * unless the scheme acts there. The queries are the last T of the S positions.
 */
public interface AttentionPositions {
  /** Acts nowhere. */
  AttentionPositions NONE = new AttentionPositions() {};

  /** On the queries that meet the keys: {@code [B, T, D]}. */
  default SDVariable onQueries(SDVariable queries) {
    return queries;
  }

  /** On the keys: {@code [B, S, D]}. */
  default SDVariable onKeys(SDVariable keys) {
    return keys;
  }

  /**
   * On the scores.
   *
   * @param scores {@code [B, H, T, S]}, scaled
   * @param queries {@code [B, T, D]}, as projected
   * @param mask {@code [B, S]}
   */
  default SDVariable onScores(SDVariable scores, SDVariable queries, SDVariable mask) {
    return scores;
  }

  /**
   * On the weighted sum of the values.
   *
   * @param context {@code [B, T, D]}
   * @param weights {@code [B, H, T, S]}
   */
  default SDVariable onContext(SDVariable context, SDVariable weights) {
    return context;
  }
}
