package org.yuqiao.backend.tensor;

/** Arithmetic on array shapes. */
public final class Shapes {
  private Shapes() {}

  /** The number of elements of an array of that shape. */
  public static long size(long... shape) {
    long size = 1;
    for (long dimension : shape) {
      size *= dimension;
    }
    return size;
  }
}
