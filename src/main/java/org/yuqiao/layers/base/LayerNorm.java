package org.yuqiao.layers.base;

import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.backend.op.LayerNormOp;

/** Layer normalization over the last axis (Ba et al. 2016) with gain and bias {@code [D]}. */
public final class LayerNorm {
  private final SDVariable gain;
  private final SDVariable bias;

  /** Declares gain (initially 1) and bias (initially 0) under {@code name}. */
  public LayerNorm(Scope scope, String name, int width) {
    this.gain = scope.parameter(name + ".gain", new Initializer.Constant(1), width);
    this.bias = scope.parameter(name + ".bias", new Initializer.Constant(0), width);
  }

  /** Normalizes {@code x} {@code [.., D]}. */
  public SDVariable of(SDVariable x) {
    return LayerNormOp.of(x, gain, bias);
  }
}
