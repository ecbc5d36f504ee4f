package org.yuqiao.graph;

import org.nd4j.autodiff.samediff.SDVariable;

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
  public EncoderLayer(Scope scope, String name, LayerShape shape) {
    int width = shape.width();
    this.attention = new MultiHeadAttention(scope, name + ".self", width, shape.heads());
    this.aroundAttention = new Residual(scope, name + ".self", width, shape.norm());
    this.feedForward = new FeedForward(scope, name + ".feedForward", width, shape.innerWidth());
    this.aroundFeedForward = new Residual(scope, name + ".feedForward", width, shape.norm());
  }

  /** {@code [B, S, D]} to {@code [B, S, D]}; mask {@code [B, S]}. */
  public SDVariable of(SDVariable x, SDVariable mask) {
    SDVariable attended = aroundAttention.of(x, y -> attention.of(y, y, mask, false));
    return aroundFeedForward.of(attended, feedForward::of);
  }
}
