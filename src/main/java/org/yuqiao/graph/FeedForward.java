package org.yuqiao.graph;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * FFN(x) = max(0, x W1 + b1) W2 + b2 at each position ("Attention Is All You Need", section 3.3,
 * eq. 2).
 */
public final class FeedForward {
  private final Scope scope;
  private final Linear in;
  private final Linear out;

  /** Declares W1 {@code [D, F]} and W2 {@code [F, D]} under {@code name}. */
  public FeedForward(Scope scope, String name, int width, int innerWidth) {
    this.scope = scope;
    this.in = new Linear(scope, name + ".in", width, innerWidth);
    this.out = new Linear(scope, name + ".out", innerWidth, width);
  }

  /** Applies it to {@code [B, T, D]}. */
  public SDVariable of(SDVariable x) {
    SDVariable inner = scope.graph().nn().relu(in.of(x), 0);
    return out.of(scope.dropout(inner));
  }
}
