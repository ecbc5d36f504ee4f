package org.yuqiao.backend;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * A matrix W {@code [I, O]} laid out for products x W with few rows x: panels of two vectors of
 * columns, row after row, so that memory is read once and in order. The BLAS packs the matrix anew
 * at every call, which for few rows takes most of its time.
 *
 * <p>An element of the result is summed in the order of I whatever else is computed, so that a row
 * does not depend on the rows beside it.
 */
final class PackedMatrix {
  private static final int PANEL = 2 * Lanes.COUNT;
  private static final int ROWS = 8;

  /** Columns that are computed for some rows before the next rows: they stay in the cache. */
  private static final int GROUP = 8 * PANEL;

  private final Tensor weight;
  private final boolean transposed;
  private final int inputs;
  private final int outputs;
  private final float[] panels;

  /**
   * Lays out {@code weight}.
   *
   * @param transposed whether the tensor is {@code [O, I]}
   */
  PackedMatrix(Tensor weight, boolean transposed) {
    this.weight = weight;
    this.transposed = transposed;
    this.inputs = weight.dim(transposed ? 1 : 0);
    this.outputs = weight.dim(transposed ? 0 : 1);
    this.panels = new float[(outputs + PANEL - 1) / PANEL * PANEL * inputs];
    refresh();
  }

  /** Lays the matrix out anew, after its elements have changed. */
  void refresh() {
    float[] row = new float[weight.width()];
    for (int r = 0; r < weight.rows(); r++) {
      weight.read(r * row.length, row, 0, row.length);
      for (int c = 0; c < row.length; c++) {
        int output = transposed ? r : c;
        int input = transposed ? c : r;
        panels[(output / PANEL * inputs + input) * PANEL + output % PANEL] = row[c];
      }
    }
  }

  /** y = x W + b with in = (x, W, b), or y = x W with in = (x, W). */
  void multiply(Tensor[] in, Tensor y, Scratch scratch) {
    int rows = in[0].rows();
    float[] x = scratch.array(0, (rows + ROWS) * inputs);
    float[] start = scratch.array(1, outputs + PANEL);
    in[0].read(0, x, 0, rows * inputs);
    if (in.length == 3) {
      in[2].read(0, start, 0, outputs);
    } else {
      Arrays.fill(start, 0, outputs, 0f);
    }
    float[] tile = scratch.array(2, ROWS * GROUP);
    for (int column = 0; column < outputs; column += GROUP) {
      int end = Math.min(outputs, column + GROUP);
      for (int row = 0; row < rows; row += ROWS) {
        int height = Math.min(ROWS, rows - row);
        for (int c = column; c < end; c += PANEL) {
          product(x, row * inputs, height, start, c, tile, c - column);
        }
        for (int r = 0; r < height; r++) {
          y.write((row + r) * outputs + column, tile, r * GROUP, end - column);
        }
      }
    }
  }

  /** The product of {@code height} rows with the panel at {@code column}. */
  private void product(
      float[] x, int first, int height, float[] start, int column, float[] tile, int at) {
    if (height == 1) {
      one(x, first, start, column, tile, at);
    } else if (height <= 4) {
      four(x, first, start, column, tile, at);
    } else {
      eight(x, first, start, column, tile, at);
    }
  }

  private void one(float[] x, int first, float[] start, int column, float[] tile, int at) {
    FloatVector a0 = Lanes.load(start, column);
    FloatVector b0 = Lanes.load(start, column + Lanes.COUNT);
    for (int i = first, p = column * inputs; i < first + inputs; i++, p += PANEL) {
      FloatVector x0 = Lanes.all(x[i]);
      a0 = Lanes.load(panels, p).fma(x0, a0);
      b0 = Lanes.load(panels, p + Lanes.COUNT).fma(x0, b0);
    }
    store(a0, b0, tile, at, 0);
  }

  /** Up to four rows of x, from {@code first} on: each vector of the panel is read once. */
  private void four(float[] x, int first, float[] start, int column, float[] tile, int at) {
    FloatVector a0 = Lanes.load(start, column);
    FloatVector b0 = Lanes.load(start, column + Lanes.COUNT);
    FloatVector a1 = a0;
    FloatVector b1 = b0;
    FloatVector a2 = a0;
    FloatVector b2 = b0;
    FloatVector a3 = a0;
    FloatVector b3 = b0;
    for (int i = first, p = column * inputs; i < first + inputs; i++, p += PANEL) {
      FloatVector a = Lanes.load(panels, p);
      FloatVector b = Lanes.load(panels, p + Lanes.COUNT);
      FloatVector x0 = Lanes.all(x[i]);
      a0 = a.fma(x0, a0);
      b0 = b.fma(x0, b0);
      FloatVector x1 = Lanes.all(x[i + inputs]);
      a1 = a.fma(x1, a1);
      b1 = b.fma(x1, b1);
      FloatVector x2 = Lanes.all(x[i + 2 * inputs]);
      a2 = a.fma(x2, a2);
      b2 = b.fma(x2, b2);
      FloatVector x3 = Lanes.all(x[i + 3 * inputs]);
      a3 = a.fma(x3, a3);
      b3 = b.fma(x3, b3);
    }
    store(a0, b0, tile, at, 0);
    store(a1, b1, tile, at, 1);
    store(a2, b2, tile, at, 2);
    store(a3, b3, tile, at, 3);
  }

  /** Up to eight rows. */
  private void eight(float[] x, int first, float[] start, int column, float[] tile, int at) {
    FloatVector a0 = Lanes.load(start, column);
    FloatVector b0 = Lanes.load(start, column + Lanes.COUNT);
    FloatVector a1 = a0;
    FloatVector b1 = b0;
    FloatVector a2 = a0;
    FloatVector b2 = b0;
    FloatVector a3 = a0;
    FloatVector b3 = b0;
    FloatVector a4 = a0;
    FloatVector b4 = b0;
    FloatVector a5 = a0;
    FloatVector b5 = b0;
    FloatVector a6 = a0;
    FloatVector b6 = b0;
    FloatVector a7 = a0;
    FloatVector b7 = b0;
    for (int i = first, p = column * inputs; i < first + inputs; i++, p += PANEL) {
      FloatVector a = Lanes.load(panels, p);
      FloatVector b = Lanes.load(panels, p + Lanes.COUNT);
      FloatVector x0 = Lanes.all(x[i]);
      a0 = a.fma(x0, a0);
      b0 = b.fma(x0, b0);
      FloatVector x1 = Lanes.all(x[i + inputs]);
      a1 = a.fma(x1, a1);
      b1 = b.fma(x1, b1);
      FloatVector x2 = Lanes.all(x[i + 2 * inputs]);
      a2 = a.fma(x2, a2);
      b2 = b.fma(x2, b2);
      FloatVector x3 = Lanes.all(x[i + 3 * inputs]);
      a3 = a.fma(x3, a3);
      b3 = b.fma(x3, b3);
      FloatVector x4 = Lanes.all(x[i + 4 * inputs]);
      a4 = a.fma(x4, a4);
      b4 = b.fma(x4, b4);
      FloatVector x5 = Lanes.all(x[i + 5 * inputs]);
      a5 = a.fma(x5, a5);
      b5 = b.fma(x5, b5);
      FloatVector x6 = Lanes.all(x[i + 6 * inputs]);
      a6 = a.fma(x6, a6);
      b6 = b.fma(x6, b6);
      FloatVector x7 = Lanes.all(x[i + 7 * inputs]);
      a7 = a.fma(x7, a7);
      b7 = b.fma(x7, b7);
    }
    store(a0, b0, tile, at, 0);
    store(a1, b1, tile, at, 1);
    store(a2, b2, tile, at, 2);
    store(a3, b3, tile, at, 3);
    store(a4, b4, tile, at, 4);
    store(a5, b5, tile, at, 5);
    store(a6, b6, tile, at, 6);
    store(a7, b7, tile, at, 7);
  }

  private static void store(FloatVector a, FloatVector b, float[] tile, int at, int row) {
    a.intoArray(tile, row * GROUP + at);
    b.intoArray(tile, row * GROUP + at + Lanes.COUNT);
  }
}
