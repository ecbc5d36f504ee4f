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
  private static final int ROWS = 4;

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
    float[] tile = scratch.array(2, ROWS * PANEL);
    for (int column = 0; column < outputs; column += PANEL) {
      for (int row = 0; row < rows; row += ROWS) {
        if (rows == 1) {
          one(x, column * inputs, start, column, tile);
        } else {
          four(x, row * inputs, column * inputs, start, column, tile);
        }
        int width = Math.min(PANEL, outputs - column);
        for (int r = 0; r < Math.min(ROWS, rows - row); r++) {
          y.write((row + r) * outputs + column, tile, r * PANEL, width);
        }
      }
    }
  }

  private void one(float[] x, int panel, float[] start, int column, float[] tile) {
    FloatVector a = Lanes.load(start, column);
    FloatVector b = Lanes.load(start, column + Lanes.COUNT);
    for (int i = 0, at = panel; i < inputs; i++, at += PANEL) {
      FloatVector factor = Lanes.all(x[i]);
      a = Lanes.load(panels, at).fma(factor, a);
      b = Lanes.load(panels, at + Lanes.COUNT).fma(factor, b);
    }
    a.intoArray(tile, 0);
    b.intoArray(tile, Lanes.COUNT);
  }

  /** Four rows of x, from {@code first} on, times one panel: each of its vectors is read once. */
  private void four(float[] x, int first, int panel, float[] start, int column, float[] tile) {
    FloatVector a0 = Lanes.load(start, column);
    FloatVector b0 = Lanes.load(start, column + Lanes.COUNT);
    FloatVector a1 = a0;
    FloatVector b1 = b0;
    FloatVector a2 = a0;
    FloatVector b2 = b0;
    FloatVector a3 = a0;
    FloatVector b3 = b0;
    for (int i = first, at = panel; i < first + inputs; i++, at += PANEL) {
      FloatVector a = Lanes.load(panels, at);
      FloatVector b = Lanes.load(panels, at + Lanes.COUNT);
      FloatVector x0 = Lanes.all(x[i]);
      FloatVector x1 = Lanes.all(x[i + inputs]);
      FloatVector x2 = Lanes.all(x[i + 2 * inputs]);
      FloatVector x3 = Lanes.all(x[i + 3 * inputs]);
      a0 = a.fma(x0, a0);
      b0 = b.fma(x0, b0);
      a1 = a.fma(x1, a1);
      b1 = b.fma(x1, b1);
      a2 = a.fma(x2, a2);
      b2 = b.fma(x2, b2);
      a3 = a.fma(x3, a3);
      b3 = b.fma(x3, b3);
    }
    store(a0, b0, tile, 0);
    store(a1, b1, tile, 1);
    store(a2, b2, tile, 2);
    store(a3, b3, tile, 3);
  }

  private static void store(FloatVector a, FloatVector b, float[] tile, int row) {
    a.intoArray(tile, row * PANEL);
    b.intoArray(tile, row * PANEL + Lanes.COUNT);
  }
}
