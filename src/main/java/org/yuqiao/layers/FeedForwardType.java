package org.yuqiao.layers;

/** The type of a feed-forward network. */
public enum FeedForwardType {
  /** act(x W1 + b1) W2 + b2. */
  PLAIN,
  /** (act(x W1 + b1) * (x V + c)) W2 + b2, 50 % more parameters. */
  GATED
}
