package org.yuqiao.layers.base;

import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.backend.op.SelfGatedOp;

/** The non-linearity inside a feed-forward network. */
public enum Activation {
  /** max(0, x). */
  RELU {
    @Override
    public SDVariable of(SDVariable x) {
      return x.getSameDiff().nn().relu(x, 0);
    }
  },
  /** x Phi(x) in the tanh approximation (Hendrycks and Gimpel 2016). */
  GELU {
    @Override
    public SDVariable of(SDVariable x) {
      return SelfGatedOp.gelu(x);
    }
  },
  /** x sigmoid(x) (Ramachandran et al. 2017). */
  SWISH {
    @Override
    public SDVariable of(SDVariable x) {
      return SelfGatedOp.swish(x);
    }
  };

  /** Applies the function elementwise. */
  public abstract SDVariable of(SDVariable x);
}
