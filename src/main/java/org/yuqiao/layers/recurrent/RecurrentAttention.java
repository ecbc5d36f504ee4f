package org.yuqiao.layers.recurrent;

/** The cross-attention of a recurrent decoder. */
public enum RecurrentAttention {
  /**
   * v &middot; tanh(s W_a + h U_a) before each step, from the state before it; the context enters
   * the cell (Bahdanau et al. 2015, section 3.1).
   */
  ADDITIVE,
  /** s &middot; h after each step, from the new state (Luong et al. 2015, section 3.1, "dot"). */
  DOT,
  /** s &middot; h W_a, with a matrix between ("general"). */
  GENERAL
}
