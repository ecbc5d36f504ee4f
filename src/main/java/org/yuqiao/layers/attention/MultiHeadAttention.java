package org.yuqiao.layers.attention;

import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.backend.op.AttentionContextOp;
import org.yuqiao.backend.op.AttentionScoresOp;
import org.yuqiao.backend.op.CacheAppendOp;
import org.yuqiao.layers.base.Linear;
import org.yuqiao.layers.base.Scope;

/**
 * Multi-head attention ("Attention Is All You Need", section 3.2.2): Concat(head_1, .., head_H) W_O
 * with head_i = softmax(Q W_Q (K W_K)&#x1D40; / sqrt(d_k)) V W_V. Self-attention when queries and
 * memory are the same, cross-attention when memory is the encoder's output. {@link
 * AttentionSettings} and {@link AttentionPositions} vary it.
 */
public final class MultiHeadAttention {
  private final Scope scope;
  private final String name;
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
    this.name = name;
    this.settings = settings;
    this.positions = positions;
    this.scale = settings.scale().of(width / settings.heads());
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
   * @param mask {@code [B, S]}, padding mask of the memory: 1 for a token, 0 for padding
   * @param causal whether to apply the causal mask: position t sees only positions up to t; {@link
   *     AttentionFunction} computes it
   * @return {@code [B, T, D]}
   */
  public SDVariable of(SDVariable x, SDVariable memory, SDVariable mask, boolean causal) {
    return attend(x, keysAndValues(memory), mask, causal).output();
  }

  /** The projected memory: K W_K and V W_V, {@code [B, S, D]} each. */
  public record KeysAndValues(SDVariable keys, SDVariable values) {}

  /**
   * The result of attention.
   *
   * @param output {@code [B, T, D]}
   * @param weights {@code [B, H, T, S]}
   */
  public record Attended(SDVariable output, SDVariable weights) {}

  /** Keys and values of {@code memory} {@code [B, S, D]}. */
  public KeysAndValues keysAndValues(SDVariable memory) {
    return keysAndValues(memory, PositionOffset.ZERO);
  }

  private KeysAndValues keysAndValues(SDVariable memory, PositionOffset offset) {
    return new KeysAndValues(positions.onKeys(key.of(memory), offset), value.of(memory));
  }

  /** As {@link #of}, with projected keys and values. */
  public Attended attend(SDVariable x, KeysAndValues memory, SDVariable mask, boolean causal) {
    return attend(x, memory, mask, causal, PositionOffset.ZERO);
  }

  private Attended attend(
      SDVariable x, KeysAndValues memory, SDVariable mask, boolean causal, PositionOffset offset) {
    SDVariable scores = scores(x, memory.keys(), mask, offset);
    SDVariable weights = settings.function().of(scores, mask, causal).rename(weights(name));
    SDVariable kept = scope.dropout(weights);
    SDVariable context = AttentionContextOp.of(kept, memory.values());
    return new Attended(output.of(positions.onContext(context, kept, offset)), weights);
  }

  /** The name in the graph of the weights {@code [B, H, T, S]} of the attention {@code name}. */
  public static String weights(String name) {
    return name + ".weights";
  }

  /** The scores {@code [B, H, T, S]} before they are masked and normalized. */
  public SDVariable scores(SDVariable x, SDVariable keys, SDVariable mask, PositionOffset offset) {
    SDVariable q = query.of(x);
    SDVariable positioned = positions.onQueries(q, offset);
    SDVariable scores = AttentionScoresOp.of(positioned, keys, settings.heads(), scale);
    return positions.onScores(scores, q, mask, offset);
  }

  /**
   * Self-attention of one new position while decoding: appends its key and value to the cache, then
   * attends to all positions so far, which needs no causal mask.
   *
   * @param x the new position of every row {@code [B, 1, D]}
   * @param cache keys and values so far {@code [B, C, D]}, with room for one more
   * @param step position and mask of the new token
   */
  public SDVariable step(SDVariable x, KeysAndValues cache, DecodingStep step) {
    KeysAndValues fresh = keysAndValues(x, step.offset());
    KeysAndValues seen =
        new KeysAndValues(
            CacheAppendOp.of(cache.keys(), fresh.keys(), step.position()),
            CacheAppendOp.of(cache.values(), fresh.values(), step.position()));
    return attend(x, seen, step.mask(), false, step.offset()).output();
  }
}
