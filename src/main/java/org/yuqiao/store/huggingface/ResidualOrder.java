package org.yuqiao.store.huggingface;

import java.util.stream.IntStream;

/**
 * An order of the D columns of the residual stream. Layer norm works on columns alone, so a model
 * computes the same when all its weights follow one order; with sines before cosines, sinusoidal
 * positions in pairs become those in halves.
 *
 * @param columns the former column of each column
 */
record ResidualOrder(int[] columns) {
  /** The columns as they are. */
  static ResidualOrder unchanged(int width) {
    return new ResidualOrder(IntStream.range(0, width).toArray());
  }

  /** The even columns before the odd ones. */
  static ResidualOrder evenFirst(int width) {
    int even = (width + 1) / 2;
    return new ResidualOrder(
        IntStream.range(0, width).map(i -> i < even ? 2 * i : 2 * (i - even) + 1).toArray());
  }

  /** The columns of {@code [R, D]}, or the elements of {@code [D]}. */
  float[] ofColumns(float[] values) {
    float[] ordered = new float[values.length];
    int width = columns.length;
    for (int row = 0; row < values.length; row += width) {
      for (int i = 0; i < width; i++) {
        ordered[row + i] = values[row + columns[i]];
      }
    }
    return ordered;
  }

  /** The rows of {@code [D, C]}. */
  float[] ofRows(float[] values) {
    float[] ordered = new float[values.length];
    int width = values.length / columns.length;
    for (int row = 0; row < columns.length; row++) {
      System.arraycopy(values, columns[row] * width, ordered, row * width, width);
    }
    return ordered;
  }
}
