package org.yuqiao.layers.attention;

/** The scale of the dot products of queries and keys. */
public enum ScoreScale {
  /**
   * 1 / sqrt(d_k): keeps the variance at 1 when queries and keys have variance 1, so that the
   * softmax does not saturate ("Attention Is All You Need", section 3.2.1).
   */
  SQRT,
  /** 1: the plain dot product (Luong et al. 2015). */
  NONE;

  /** The scale for heads of width d_k. */
  double of(int width) {
    return this == SQRT ? 1 / Math.sqrt(width) : 1;
  }
}
