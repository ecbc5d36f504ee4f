package org.yuqiao.layers.attention;

/** What the products of queries and keys are multiplied by. */
public enum ScoreScale {
  /**
   * 1 / sqrt(d_k): keeps their variance at 1 when queries and keys have variance 1, so that the
   * soft-max does not saturate ("Attention Is All You Need", section 3.2.1).
   */
  SQRT,
  /** 1: the plain dot product (Luong et al. 2015). */
  NONE;

  /** The factor for heads of {@code width} d_k. */
  double factor(int width) {
    return this == SQRT ? 1 / Math.sqrt(width) : 1;
  }
}
