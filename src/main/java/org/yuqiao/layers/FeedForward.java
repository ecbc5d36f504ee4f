package org.yuqiao.layers;

import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.layers.base.Activation;
import org.yuqiao.layers.base.Linear;
import org.yuqiao.layers.base.Scope;

/**
 * FFN(x) = act(x W1 + b1) W2 + b2 at each position ("Attention Is All You Need", section 3.3, eq.
 * 2, with act = ReLU), or gated, (act(x W1 + b1) * (x V + c)) W2 + b2 (Shazeer 2020, eq. 5 and 6).
 */
final class FeedForward {
  private final Scope scope;
  private final Activation activation;
  private final Linear in;
  private final Optional<Linear> gate;
  private final Linear out;

  /** Declares W1 {@code [D, F]}, W2 {@code [F, D]} and for a gated network V {@code [D, F]}. */
  FeedForward(Scope scope, String name, LayerSettings settings) {
    int hiddenSize = settings.width();
    int size = settings.feedForwardSize();
    this.scope = scope;
    this.activation = settings.activation();
    this.in = new Linear(scope, name + ".in", hiddenSize, size);
    this.gate =
        settings.feedForwardType() == FeedForwardType.GATED
            ? Optional.of(new Linear(scope, name + ".gate", hiddenSize, size))
            : Optional.empty();
    this.out = new Linear(scope, name + ".out", size, hiddenSize);
  }

  /** Applies it to {@code [B, T, D]}. */
  SDVariable of(SDVariable x) {
    SDVariable activated = activation.of(in.of(x));
    SDVariable inner = gate.map(g -> activated.mul(g.of(x))).orElse(activated);
    return out.of(scope.dropout(inner));
  }
}
