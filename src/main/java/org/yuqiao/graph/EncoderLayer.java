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
  public EncoderLayer(Scope scope, String name, LayerShape shape, Positions positions) {
    int width = shape.width();
    String selfName = name + ".self";
    this.attention =
        new MultiHeadAttention(
            scope, selfName, width, shape.attention(), positions.inAttention(selfName));
    this.aroundAttention = new Residual(scope, selfName, width, shape.norm());
    this.feedForward = new FeedForward(scope, name + ".feedForward", shape);
    this.aroundFeedForward = new Residual(scope, name + ".feedForward", width, shape.norm());
  }

  /** {@code [B, S, D]} to {@code [B, S, D]}; mask {@code [B, S]}. */
  public SDVariable of(SDVariable x, SDVariable mask) {
    SDVariable attended = aroundAttention.of(x, y -> attention.of(y, y, mask, false));
    return aroundFeedForward.of(attended, feedForward::of);
  }
}
