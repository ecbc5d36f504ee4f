package org.yuqiao.graph;

import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.backend.AttentionContextOp;
import org.yuqiao.backend.AttentionScoresOp;

/**
 * Multi-head attention ("Attention Is All You Need", section 3.2.2): Concat(head_1, .., head_H) W_O
 * with head_i = softmax(Q W_Q (K W_K)&#x1D40; / sqrt(d_k)) V W_V. Self-attention when queries and
 * memory are the same, cross-attention when memory is the encoder's output. {@link
 * AttentionSettings} and {@link AttentionPositions} say where it may differ from that.
 */
public final class MultiHeadAttention {
  private final Scope scope;
  private final AttentionSettings settings;
  private final AttentionPositions positions;
  private final double scale;
  private final Linear query;
  private final Linear key;
  private final Linear value;
  private final Linear output;

  /** Declares the projections {@code [D, D]} under {@code name}. */
  public MultiHeadAttention(
      Scope scope,
      String name,
      int width,
      AttentionSettings settings,
      AttentionPositions positions) {
    if (width % settings.heads() != 0) {
      throw new IllegalArgumentException(
          "width " + width + " is not a multiple of " + settings.heads());
    }
    this.scope = scope;
    this.settings = settings;
    this.positions = positions;
    this.scale = settings.scale().factor(width / settings.heads());
    if (settings.queryKey() == QueryKey.SHARED) {
      this.query = new Linear(scope, name + ".queryKey", width, width);
      this.key = query;
    } else {
      this.query = new Linear(scope, name + ".query", width, width);
      this.key = new Linear(scope, name + ".key", width, width);
    }
    this.value = new Linear(scope, name + ".value", width, width);
    this.output = new Linear(scope, name + ".output", width, width);
  }

  /**
   * Lets every position of {@code x} attend to the memory.
   *
   * @param x {@code [B, T, D]}
   * @param memory {@code [B, S, D]}
   * @param mask {@code [B, S]}, 1 where memory holds a token, 0 where padding
   * @param causal whether position t may see only the positions up to t
   * @return {@code [B, T, D]}
   */
  public SDVariable of(SDVariable x, SDVariable memory, SDVariable mask, boolean causal) {
    SDVariable weights = settings.normaliser().of(scores(x, memory, mask), mask, causal);
    SDVariable kept = scope.dropout(weights);
    SDVariable context = AttentionContextOp.of(kept, value.of(memory));
    return output.of(positions.onContext(context, kept));
  }

  /** The scores {@code [B, H, T, S]} before they are masked and normalised. */
  SDVariable scores(SDVariable x, SDVariable memory, SDVariable mask) {
    SDVariable q = query.of(x);
    SDVariable k = positions.onKeys(key.of(memory));
    SDVariable scores = AttentionScoresOp.of(positions.onQueries(q), k, settings.heads(), scale);
    return positions.onScores(scores, q, mask);
  }
}
