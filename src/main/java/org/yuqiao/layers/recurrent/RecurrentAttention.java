package org.yuqiao.layers.recurrent;

/** How a recurrent decoder looks at the source. */
public enum RecurrentAttention {
  /**
   * v &middot; tanh(s W_a + h U_a) before each step, from the state before it; what is found enters
   * the cell (Bahdanau et al. 2015, section 3.1).
   */
  ADDITIVE,
  /** s &middot; h after each step, from the new state (Luong et al. 2015, section 3.1, "dot"). */
  DOT,
  /** s &middot; h W_a, the same with a matrix between ("general"). */
  GENERAL
}
