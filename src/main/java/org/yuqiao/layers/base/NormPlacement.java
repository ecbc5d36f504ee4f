package org.yuqiao.layers.base;

/** The place of layer normalization in a residual sub-layer (Xiong et al. 2020). */
public enum NormPlacement {
  /** x + f(norm(x)): trains robustly; a final norm closes the stack. */
  PRE,
  /** norm(x + f(x)): as in "Attention Is All You Need"; needs learning-rate warm-up. */
  POST
}
