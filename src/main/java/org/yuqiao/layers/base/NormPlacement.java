package org.yuqiao.layers.base;

/** Where layer normalization stands in a residual sub-layer (Xiong et al. 2020). */
public enum NormPlacement {
  /** x + f(norm(x)): trains without care; a last norm closes the stack. */
  PRE,
  /** norm(x + f(x)): as in "Attention Is All You Need"; needs warm-up. */
  POST
}
