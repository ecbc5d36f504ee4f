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

  /** Declares the layer's parameters under {@code name}. */
  public DecoderLayer(Scope scope, String name, LayerShape shape) {
    int width = shape.width();
    this.self = new MultiHeadAttention(scope, name + ".self", width, shape.heads());
    this.aroundSelf = new Residual(scope, name + ".self", width, shape.norm());
    this.cross = new MultiHeadAttention(scope, name + ".cross", width, shape.heads());
    this.aroundCross = new Residual(scope, name + ".cross", width, shape.norm());
    this.feedForward = new FeedForward(scope, name + ".feedForward", width, shape.innerWidth());
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
