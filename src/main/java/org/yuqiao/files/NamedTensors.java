package org.yuqiao.files;

import java.util.Set;

/** An open file of named tensors, which are read one by one. */
public interface NamedTensors extends AutoCloseable {
  /** The names of all tensors. */
  Set<String> names();

  /** The shape of an existing tensor. */
  long[] shape(String name);

  /**
   * Reads an existing tensor as float32, row-major.
   *
   * @throws InvalidInputException when it cannot be read, or an element is not finite
   */
  float[] floats(String name);

  @Override
  void close();
}
