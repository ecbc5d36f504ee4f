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
  private final Residual aroundAttention;
  private final FeedForward feedForward;
  private final Residual aroundFeedForward;

  /** Declares the layer's parameters under {@code name}. */
  public EncoderLayer(Scope scope, String name, LayerSettings shape, Positions positions) {
    int width = shape.width();
    String selfName = name + ".self";
    this.attention =
        new MultiHeadAttention(
            scope, selfName, width, shape.attention(), positions.inAttention(selfName));
    this.aroundAttention = new Residual(scope, selfName, width, shape.layerNorm());
    this.feedForward = new FeedForward(scope, name + ".feedForward", shape);
    this.aroundFeedForward = new Residual(scope, name + ".feedForward", width, shape.layerNorm());
  }

  /**
   * {@code [B, S, D]} to {@code [B, S, D]}.
   *
   * @param mask {@code [B, S]}
   * @param causal whether no position sees a later one: a decoder's layer without cross-attention
   */
  public SDVariable of(SDVariable x, SDVariable mask, boolean causal) {
    SDVariable attended = aroundAttention.of(x, y -> attention.of(y, y, mask, causal));
    return aroundFeedForward.of(attended, feedForward::of);
  }

  /**
   * One new position of a causal layer.
   *
   * @param x {@code [B, 1, D]}
   * @param cache keys and values of the positions before it {@code [B, C, D]}
   */
  public SDVariable step(SDVariable x, KeysAndValues cache, DecodingStep step) {
    SDVariable attended = aroundAttention.of(x, y -> attention.step(y, cache, step));
    return aroundFeedForward.of(attended, feedForward::of);
  }
}
