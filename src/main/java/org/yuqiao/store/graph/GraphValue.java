package org.yuqiao.store.graph;

import java.util.List;

/**
 * The name, type and axes of an input or output of a graph.
 *
 * @param type integers are token ids and positions
 */
public record GraphValue(String name, Type type, List<Axis> axes) {
  /** The type of its elements. */
  public enum Type {
    INTEGER,
    FLOAT
  }

  static GraphValue integers(String name, Axis... axes) {
    return new GraphValue(name, Type.INTEGER, List.of(axes));
  }

  static GraphValue floats(String name, Axis... axes) {
    return new GraphValue(name, Type.FLOAT, List.of(axes));
  }
}
