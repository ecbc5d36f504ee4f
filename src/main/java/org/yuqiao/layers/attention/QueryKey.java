package org.yuqiao.layers.attention;

/** Whether queries and keys have projections of their own. */
public enum QueryKey {
  /** W_Q and W_K: that i looks at j says nothing about j looking at i. */
  SEPARATE,
  /** One matrix for both: the scores of self-attention are symmetric (Kitaev et al. 2020, 2). */
  SHARED
}
