package org.yuqiao.graph;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Causally masked self-attention, cross-attention to the encoder's output, then a feed-forward
 * network ("Attention Is All You Need", section 3.1, right of figure 1).
 */
public final class DecoderLayer {
  private final MultiHeadAttention self;
  private final Residual aroundSelf;
  private final MultiHeadAttention cross;
  private final Residual aroundCross;
  private final FeedForward feedForward;
  private final Residual aroundFeedForward;

  /**
   * Declares the layer's parameters under {@code name}. Positions act in self-attention only: a
   * target token's distance from a source token says little, for the two languages differ in order.
   */
  public DecoderLayer(Scope scope, String name, LayerShape shape, Positions positions) {
    int width = shape.width();
    String selfName = name + ".self";
    this.self =
        new MultiHeadAttention(
            scope, selfName, width, shape.attention(), positions.inAttention(selfName));
    this.aroundSelf = new Residual(scope, selfName, width, shape.norm());
    this.cross =
        new MultiHeadAttention(
            scope, name + ".cross", width, shape.attention(), AttentionPositions.NONE);
    this.aroundCross = new Residual(scope, name + ".cross", width, shape.norm());
    this.feedForward = new FeedForward(scope, name + ".feedForward", shape);
    this.aroundFeedForward = new Residual(scope, name + ".feedForward", width, shape.norm());
  }

  /**
   * One layer.
   *
   * @param x {@code [B, T, D]}
   * @param mask {@code [B, T]} of the target
   * @param memory the encoder's output {@code [B, S, D]}
   * @param memoryMask {@code [B, S]} of the source
   */
  public SDVariable of(SDVariable x, SDVariable mask, SDVariable memory, SDVariable memoryMask) {
    SDVariable seen = aroundSelf.of(x, y -> self.of(y, y, mask, true));
    SDVariable informed = aroundCross.of(seen, y -> cross.of(y, memory, memoryMask, false));
    return aroundFeedForward.of(informed, feedForward::of);
  }
}
