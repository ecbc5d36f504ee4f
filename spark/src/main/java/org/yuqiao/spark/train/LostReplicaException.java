package org.yuqiao.spark.train;

/** Another replica can no longer be reached; training goes on from its last checkpoint. */
final class LostReplicaException extends RuntimeException {
  private static final long serialVersionUID = 1;

  LostReplicaException(String message) {
    super(message);
  }
}
