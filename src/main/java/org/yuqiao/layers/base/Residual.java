package org.yuqiao.layers.base;

import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The residual connection around a sub-layer, with its dropout and norm ("Attention Is All You
 * Need", sections 3.1, 5.4).
 */
public final class Residual {
  private final Scope scope;
  private final NormPlacement placement;
  private final LayerNorm norm;

  /** Declares the norm under {@code name}. */
  public Residual(Scope scope, String name, int width, NormPlacement placement) {
    this.scope = scope;
    this.placement = placement;
    this.norm = new LayerNorm(scope, name + ".norm", width);
  }

  /** x plus the output of {@code sublayer}, all {@code [B, T, D]}. */
  public SDVariable of(SDVariable x, UnaryOperator<SDVariable> sublayer) {
    return switch (placement) {
      case PRE -> x.add(scope.dropout(sublayer.apply(norm.of(x))));
      case POST -> norm.of(x.add(scope.dropout(sublayer.apply(x))));
    };
  }
}
