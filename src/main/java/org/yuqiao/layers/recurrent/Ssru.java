package org.yuqiao.layers.recurrent;

import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.backend.op.LinearOp;
import org.yuqiao.backend.op.recurrent.SsruOp;
import org.yuqiao.layers.base.Activation;
import org.yuqiao.layers.base.Initializer;
import org.yuqiao.layers.base.Linear;
import org.yuqiao.layers.base.Scope;

/**
 * The simpler simple recurrent unit (Kim et al. 2019, section 3.1): c_t = g_t c_(t-1) + (1 - g_t)
 * x_t W with g_t = sigmoid(x_t W_f + b_f); the output is ReLU(c_t). Both GEMMs are over all
 * positions at once.
 */
public final class Ssru {
  private final SDVariable input;
  private final Linear forget;

  /** Declares W and W_f {@code [D, D]} and b_f under {@code name}. */
  public Ssru(Scope scope, String name, int width) {
    this.input =
        scope.parameter(name + ".input.weight", new Initializer.XavierUniform(), width, width);
    this.forget = new Linear(scope, name + ".forget", width, width);
  }

  /** Applies it to all positions: {@code [B, T, D]} to {@code [B, T, D]}. */
  public SDVariable of(SDVariable x) {
    return output(SsruOp.of(LinearOp.of(x, input), forget.of(x)));
  }

  /** The state c after one new position {@code [B, 1, D]}. */
  public SDVariable state(SDVariable x, SDVariable before) {
    return SsruOp.of(LinearOp.of(x, input), forget.of(x), before);
  }

  /** The output ReLU(c). */
  public SDVariable output(SDVariable state) {
    return Activation.RELU.of(state);
  }
}
