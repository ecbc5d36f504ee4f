package org.yuqiao.layers;

import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.layers.attention.DecodingStep;
import org.yuqiao.layers.attention.MultiHeadAttention;
import org.yuqiao.layers.attention.MultiHeadAttention.KeysAndValues;
import org.yuqiao.layers.attention.Positions;
import org.yuqiao.layers.base.Residual;
import org.yuqiao.layers.base.Scope;

/**
 * Self-attention, then a feed-forward network ("Attention Is All You Need", section 3.1, left of
 * figure 1).
 */
public final class EncoderLayer {
  private final MultiHeadAttention attention;
  private final Residual residualAttention;
  private final FeedForward feedForward;
  private final Residual residualFeedForward;

  /** Declares the layer's parameters under {@code name}. */
  public EncoderLayer(Scope scope, String name, LayerSettings settings, Positions positions) {
    int width = settings.width();
    String selfName = name + ".self";
    this.attention =
        new MultiHeadAttention(
            scope, selfName, width, settings.attention(), positions.inAttention(selfName));
    this.residualAttention = new Residual(scope, selfName, width, settings.layerNorm());
    this.feedForward = new FeedForward(scope, name + ".feedForward", settings);
    this.residualFeedForward =
        new Residual(scope, name + ".feedForward", width, settings.layerNorm());
  }

  /**
   * Applies the layer to all positions: {@code [B, S, D]} to {@code [B, S, D]}.
   *
   * @param mask {@code [B, S]}
   * @param causal whether self-attention is causal, as in a decoder without cross-attention
   */
  public SDVariable of(SDVariable x, SDVariable mask, boolean causal) {
    SDVariable attended = residualAttention.of(x, y -> attention.of(y, y, mask, causal));
    return residualFeedForward.of(attended, feedForward::of);
  }

  /**
   * Applies a causal layer to one new position.
   *
   * @param x {@code [B, 1, D]}
   * @param cache keys and values of the positions before it {@code [B, C, D]}
   */
  public SDVariable step(SDVariable x, KeysAndValues cache, DecodingStep step) {
    SDVariable attended = residualAttention.of(x, y -> attention.step(y, cache, step));
    return residualFeedForward.of(attended, feedForward::of);
  }
}
