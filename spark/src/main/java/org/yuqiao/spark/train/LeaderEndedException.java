package org.yuqiao.spark.train;

/** The first replica has ended before the training loop began. */
final class LeaderEndedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  LeaderEndedException() {
    super("the first replica has ended before training");
  }
}
