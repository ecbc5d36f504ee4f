package org.yuqiao.layers.base;

import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.backend.op.LinearOp;

/** y = x W + b over the last axis: {@code [.., I]} to {@code [.., O]}. */
public final class Linear {
  private final SDVariable weight;
  private final SDVariable bias;

  /** Declares W {@code [I, O]} and b {@code [O]} under {@code name}. */
  public Linear(Scope scope, String name, int inputs, int outputs) {
    this(scope, name, inputs, outputs, new Initializer.Constant(0));
  }

  /** The same with other initial values of b. */
  public Linear(Scope scope, String name, int inputs, int outputs, Initializer initialBias) {
    this.weight =
        scope.parameter(name + ".weight", new Initializer.XavierUniform(), inputs, outputs);
    this.bias = scope.parameter(name + ".bias", initialBias, outputs);
  }

  /** Applies it to {@code [.., I]}. */
  public SDVariable of(SDVariable x) {
    return LinearOp.of(x, weight, bias);
  }
}
