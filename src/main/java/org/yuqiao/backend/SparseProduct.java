package org.yuqiao.backend;

import jdk.incubator.vector.FloatVector;

/**
 * Products of rows most of whose elements are 0 with a matrix W {@code [I, O]}: only those rows of
 * W are read that count. The result is to the last bit that of a product with the same {@link
 * SummationOrder} that leaves nothing out.
 */
final class SparseProduct {
  /** Columns that are computed together, in sums that need not wait for one another. */
  private static final int WIDE = 8 * Lanes.COUNT;

  private final int inputs;
  private final int outputs;
  private final int stride;
  private final float[] matrix;
  private final SummationOrder order;

  /** Lays out {@code weight} {@code [I, O]}. */
  SparseProduct(Tensor weight, SummationOrder order) {
    this.inputs = weight.dim(0);
    this.outputs = weight.dim(1);
    this.stride = Lanes.padded(outputs);
    this.matrix = new float[inputs * stride];
    this.order = order;
    for (int i = 0; i < inputs; i++) {
      weight.read(i * outputs, matrix, i * stride, outputs);
    }
  }

  /**
   * y = x W + b for {@code count} rows.
   *
   * @param bias O numbers, with room for a whole vector more
   * @param first the row of y that the first row of {@code x} is
   */
  void multiply(SparseRows x, float[] bias, Tensor y, int first, int count, Scratch scratch) {
    float[] zeros = scratch.cleared(2, stride);
    float[] sums = scratch.array(3, count * stride);
    float[] tile = scratch.array(4, WIDE);
    float[] begin = order.biasFirst() ? bias : zeros;
    int pieces = order.pieces(inputs);
    for (int column = 0; column < stride; column += width(column)) {
      int width = width(column);
      for (int row = 0, at = column; row < count; row++, at += stride) {
        run(x, x.begin(row), x.end(row, 0), column, begin, sums, at);
        for (int piece = 1; piece < pieces; piece++) {
          run(x, x.end(row, piece - 1), x.end(row, piece), column, zeros, tile, 0);
          add(tile, 0, sums, at, width);
        }
      }
    }
    for (int row = 0; row < count; row++) {
      if (!order.biasFirst()) {
        add(bias, 0, sums, row * stride, stride);
      }
      y.write((first + row) * outputs, sums, row * stride, outputs);
    }
  }

  /** How many columns are computed together from {@code column} on. */
  private int width(int column) {
    return column + WIDE <= stride ? WIDE : Lanes.COUNT;
  }

  private static void add(float[] terms, int from, float[] sums, int at, int count) {
    for (int i = 0; i < count; i += Lanes.COUNT) {
      Lanes.load(sums, at + i).add(Lanes.load(terms, from + i)).intoArray(sums, at + i);
    }
  }

  /**
   * The sums of the elements {@code from} to {@code to} of x times what is in W at {@code column},
   * beginning with what is in {@code begin} there, into {@code target} at {@code at}.
   */
  private void run(
      SparseRows x, int from, int to, int column, float[] begin, float[] target, int at) {
    if (width(column) == WIDE) {
      wide(x, from, to, column, begin, target, at);
    } else {
      FloatVector a = Lanes.load(begin, column);
      for (int k = from; k < to; k++) {
        FloatVector value = Lanes.all(x.values()[k]);
        a = Lanes.load(matrix, x.columns()[k] * stride + column).fma(value, a);
      }
      a.intoArray(target, at);
    }
  }

  /** The same for eight vectors of columns. */
  private void wide(
      SparseRows x, int from, int to, int column, float[] begin, float[] target, int at) {
    int[] columns = x.columns();
    float[] values = x.values();
    FloatVector a = Lanes.load(begin, column);
    FloatVector b = Lanes.load(begin, column + Lanes.COUNT);
    FloatVector c = Lanes.load(begin, column + 2 * Lanes.COUNT);
    FloatVector d = Lanes.load(begin, column + 3 * Lanes.COUNT);
    FloatVector e = Lanes.load(begin, column + 4 * Lanes.COUNT);
    FloatVector f = Lanes.load(begin, column + 5 * Lanes.COUNT);
    FloatVector g = Lanes.load(begin, column + 6 * Lanes.COUNT);
    FloatVector h = Lanes.load(begin, column + 7 * Lanes.COUNT);
    for (int k = from; k < to; k++) {
      int w = columns[k] * stride + column;
      FloatVector value = Lanes.all(values[k]);
      a = Lanes.load(matrix, w).fma(value, a);
      b = Lanes.load(matrix, w + Lanes.COUNT).fma(value, b);
      c = Lanes.load(matrix, w + 2 * Lanes.COUNT).fma(value, c);
      d = Lanes.load(matrix, w + 3 * Lanes.COUNT).fma(value, d);
      e = Lanes.load(matrix, w + 4 * Lanes.COUNT).fma(value, e);
      f = Lanes.load(matrix, w + 5 * Lanes.COUNT).fma(value, f);
      g = Lanes.load(matrix, w + 6 * Lanes.COUNT).fma(value, g);
      h = Lanes.load(matrix, w + 7 * Lanes.COUNT).fma(value, h);
    }
    a.intoArray(target, at);
    b.intoArray(target, at + Lanes.COUNT);
    c.intoArray(target, at + 2 * Lanes.COUNT);
    d.intoArray(target, at + 3 * Lanes.COUNT);
    e.intoArray(target, at + 4 * Lanes.COUNT);
    f.intoArray(target, at + 5 * Lanes.COUNT);
    g.intoArray(target, at + 6 * Lanes.COUNT);
    h.intoArray(target, at + 7 * Lanes.COUNT);
  }
}
