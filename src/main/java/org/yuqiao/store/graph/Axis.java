package org.yuqiao.store.graph;

import java.util.OptionalLong;

/**
 * An axis of an input or output.
 *
 * @param name of its length, the same wherever the length is the same
 * @param size empty where each run may have another
 */
public record Axis(String name, OptionalLong size) {
  /** An axis of any length. */
  static Axis of(String name) {
    return new Axis(name, OptionalLong.empty());
  }

  /** An axis of a fixed length. */
  static Axis of(long size) {
    return new Axis(Long.toString(size), OptionalLong.of(size));
  }
}
