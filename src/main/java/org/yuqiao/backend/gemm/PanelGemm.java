package org.yuqiao.backend.gemm;

import jdk.incubator.vector.FloatVector;
import org.yuqiao.backend.simd.SimdMath;

/**
 * The matmul of up to eight rows with a panel: two vectors of columns of a matrix, row after row.
 * The rows share each load from the panel; an element is summed in the order of I.
 */
public final class PanelGemm {
  /** Columns of a panel. */
  public static final int WIDTH = 2 * SimdMath.LANES;

  /** The largest number of rows of one call. */
  static final int ROWS = 8;

  private final float[] x;
  private final int inputs;
  private final float[] start;
  private final float[] tile;
  private final int stride;

  /**
   * Matmuls of rows of {@code x}, I = {@code inputs} elements each.
   *
   * @param start the initial value of each column's sum
   * @param tile takes the results, rows {@code stride} elements apart
   */
  PanelGemm(float[] x, int inputs, float[] start, float[] tile, int stride) {
    this.x = x;
    this.inputs = inputs;
    this.start = start;
    this.tile = tile;
    this.stride = stride;
  }

  /**
   * Multiplies {@code height} rows with a panel; up to {@link #ROWS} rows of x may be read.
   *
   * @param panel the index of the panel's first element in {@code panels}
   * @param first the index of the first row's first element in x
   * @param column the index of the panel's first column in {@code start}
   * @param at the index of the first result in {@code tile}
   */
  void run(float[] panels, int panel, int first, int height, int column, int at) {
    if (height == 1) {
      one(panels, panel, first, column, at);
    } else if (height <= 4) {
      four(panels, panel, first, column, at);
    } else {
      eight(panels, panel, first, column, at);
    }
  }

  private void one(float[] panels, int panel, int first, int column, int at) {
    FloatVector a0 = SimdMath.load(start, column);
    FloatVector b0 = SimdMath.load(start, column + SimdMath.LANES);
    for (int i = first, p = panel; i < first + inputs; i++, p += WIDTH) {
      FloatVector x0 = SimdMath.broadcast(x[i]);
      a0 = SimdMath.load(panels, p).fma(x0, a0);
      b0 = SimdMath.load(panels, p + SimdMath.LANES).fma(x0, b0);
    }
    store(a0, b0, tile, at);
  }

  /** Up to four rows of x, from {@code first} on: each vector of the panel is read once. */
  private void four(float[] panels, int panel, int first, int column, int at) {
    FloatVector a0 = SimdMath.load(start, column);
    FloatVector b0 = SimdMath.load(start, column + SimdMath.LANES);
    FloatVector a1 = a0;
    FloatVector b1 = b0;
    FloatVector a2 = a0;
    FloatVector b2 = b0;
    FloatVector a3 = a0;
    FloatVector b3 = b0;
    for (int i = first, p = panel; i < first + inputs; i++, p += WIDTH) {
      FloatVector a = SimdMath.load(panels, p);
      FloatVector b = SimdMath.load(panels, p + SimdMath.LANES);
      FloatVector x0 = SimdMath.broadcast(x[i]);
      a0 = a.fma(x0, a0);
      b0 = b.fma(x0, b0);
      FloatVector x1 = SimdMath.broadcast(x[i + inputs]);
      a1 = a.fma(x1, a1);
      b1 = b.fma(x1, b1);
      FloatVector x2 = SimdMath.broadcast(x[i + 2 * inputs]);
      a2 = a.fma(x2, a2);
      b2 = b.fma(x2, b2);
      FloatVector x3 = SimdMath.broadcast(x[i + 3 * inputs]);
      a3 = a.fma(x3, a3);
      b3 = b.fma(x3, b3);
    }
    store(a0, b0, tile, at);
    store(a1, b1, tile, stride + at);
    store(a2, b2, tile, 2 * stride + at);
    store(a3, b3, tile, 3 * stride + at);
  }

  /** Up to eight rows. */
  private void eight(float[] panels, int panel, int first, int column, int at) {
    FloatVector a0 = SimdMath.load(start, column);
    FloatVector b0 = SimdMath.load(start, column + SimdMath.LANES);
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
    for (int i = first, p = panel; i < first + inputs; i++, p += WIDTH) {
      FloatVector a = SimdMath.load(panels, p);
      FloatVector b = SimdMath.load(panels, p + SimdMath.LANES);
      FloatVector x0 = SimdMath.broadcast(x[i]);
      a0 = a.fma(x0, a0);
      b0 = b.fma(x0, b0);
      FloatVector x1 = SimdMath.broadcast(x[i + inputs]);
      a1 = a.fma(x1, a1);
      b1 = b.fma(x1, b1);
      FloatVector x2 = SimdMath.broadcast(x[i + 2 * inputs]);
      a2 = a.fma(x2, a2);
      b2 = b.fma(x2, b2);
      FloatVector x3 = SimdMath.broadcast(x[i + 3 * inputs]);
      a3 = a.fma(x3, a3);
      b3 = b.fma(x3, b3);
      FloatVector x4 = SimdMath.broadcast(x[i + 4 * inputs]);
      a4 = a.fma(x4, a4);
      b4 = b.fma(x4, b4);
      FloatVector x5 = SimdMath.broadcast(x[i + 5 * inputs]);
      a5 = a.fma(x5, a5);
      b5 = b.fma(x5, b5);
      FloatVector x6 = SimdMath.broadcast(x[i + 6 * inputs]);
      a6 = a.fma(x6, a6);
      b6 = b.fma(x6, b6);
      FloatVector x7 = SimdMath.broadcast(x[i + 7 * inputs]);
      a7 = a.fma(x7, a7);
      b7 = b.fma(x7, b7);
    }
    store(a0, b0, tile, at);
    store(a1, b1, tile, stride + at);
    store(a2, b2, tile, 2 * stride + at);
    store(a3, b3, tile, 3 * stride + at);
    store(a4, b4, tile, 4 * stride + at);
    store(a5, b5, tile, 5 * stride + at);
    store(a6, b6, tile, 6 * stride + at);
    store(a7, b7, tile, 7 * stride + at);
  }

  public static void store(FloatVector a, FloatVector b, float[] tile, int at) {
    a.intoArray(tile, at);
    b.intoArray(tile, at + SimdMath.LANES);
  }
}
