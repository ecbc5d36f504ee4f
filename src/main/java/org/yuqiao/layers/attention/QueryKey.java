package org.yuqiao.layers.attention;

/** Whether queries and keys have separate projections. */
public enum QueryKey {
  /** W_Q and W_K: attention of i to j is independent of j to i. */
  SEPARATE,
  /** One matrix for both: the scores of self-attention are symmetric (Kitaev et al. 2020, 2). */
  SHARED
}
