package org.yuqiao.spark.train;

import java.io.Serializable;

/**
 * How the task of a replica ended.
 *
 * @param kind of end
 * @param reason a sentence for the user where there is one
 */
record ReplicaEnd(Kind kind, String reason) implements Serializable {
  enum Kind {
    FINISHED,
    STOPPED,
    REFUSED
  }

  static ReplicaEnd finished() {
    return new ReplicaEnd(Kind.FINISHED, "");
  }

  static ReplicaEnd stopped() {
    return new ReplicaEnd(Kind.STOPPED, "");
  }

  static ReplicaEnd refused(String reason) {
    return new ReplicaEnd(Kind.REFUSED, reason);
  }
}
