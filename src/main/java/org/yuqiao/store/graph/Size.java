package org.yuqiao.store.graph;

/**
 * The length of an axis of a reshaped value.
 *
 * @param <V> a value of the graph
 */
public sealed interface Size<V> {
  /** A number. */
  record Fixed<V>(long length) implements Size<V> {}

  /** The length of an axis of another value, known when the graph runs. */
  record Of<V>(V value, int axis) implements Size<V> {}

  /** The remaining elements; at most one axis has it. */
  record Rest<V>() implements Size<V> {}
}
