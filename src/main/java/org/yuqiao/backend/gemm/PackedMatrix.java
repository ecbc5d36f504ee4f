package org.yuqiao.backend.gemm;

import org.yuqiao.backend.tensor.Tensor;

/**
 * A matrix W {@code [I, O]} laid out for products x W with few rows x: panels of two vectors of
 * columns, row after row, so that memory is read once and in order. The BLAS packs the matrix anew
 * at every call, which for few rows takes most of its time.
 *
 * <p>An element of the result is summed in the order of I whatever else is computed, so that a row
 * does not depend on the rows beside it.
 */
public final class PackedMatrix implements WeightMatrix {
  private static final int PANEL = PanelGemm.WIDTH;
  private static final int ROWS = PanelGemm.ROWS;

  /** Columns that are computed for some rows before the next rows: they stay in the cache. */
  private static final int GROUP = 8 * PANEL;

  /** Elements of x that are multiplied with the whole matrix before the next: half a mebibyte. */
  private static final int BLOCK = 1 << 17;

  private final boolean transposed;
  private final int inputs;
  private final int outputs;
  private final float[] panels;

  /**
   * Lays out {@code weight}.
   *
   * @param transposed whether the tensor is {@code [O, I]}
   */
  public PackedMatrix(Tensor weight, boolean transposed) {
    this.transposed = transposed;
    this.inputs = weight.dim(transposed ? 1 : 0);
    this.outputs = weight.dim(transposed ? 0 : 1);
    this.panels = new float[(outputs + PANEL - 1) / PANEL * PANEL * inputs];
    refresh(weight);
  }

  @Override
  public void refresh(Tensor weight) {
    float[] row = new float[weight.width()];
    for (int r = 0; r < weight.rows(); r++) {
      weight.read(r * row.length, row, 0, row.length);
      if (transposed) {
        int at = r / PANEL * inputs * PANEL + r % PANEL;
        for (int i = 0; i < inputs; i++, at += PANEL) {
          panels[at] = row[i];
        }
      } else {
        for (int c = 0; c < outputs; c += PANEL) {
          int count = Math.min(PANEL, outputs - c);
          System.arraycopy(row, c, panels, (c * inputs) + r * PANEL, count);
        }
      }
    }
  }

  @Override
  public void multiply(Tensor[] in, Tensor y, Workspace workspace) {
    int rows = in[0].rows();
    int most = Math.min(rows, Math.max(ROWS, BLOCK / inputs / ROWS * ROWS));
    float[] x = workspace.array(0, (most + ROWS) * inputs);
    float[] start = workspace.array(1, outputs + PANEL);
    WeightMatrix.readBias(in, start, outputs);
    float[] tile = workspace.array(2, ROWS * GROUP);
    PanelGemm product = new PanelGemm(x, inputs, start, tile, GROUP);
    for (int first = 0; first < rows; first += most) {
      int count = Math.min(most, rows - first);
      in[0].read(first * inputs, x, 0, count * inputs);
      multiply(product, first, count, tile, y);
    }
  }

  /** The rows that {@code product} holds, {@code first} and those after it in y. */
  private void multiply(PanelGemm product, int first, int count, float[] tile, Tensor y) {
    for (int column = 0; column < outputs; column += GROUP) {
      int end = Math.min(outputs, column + GROUP);
      for (int row = 0; row < count; row += ROWS) {
        int height = Math.min(ROWS, count - row);
        for (int c = column; c < end; c += PANEL) {
          product.run(panels, c * inputs, row * inputs, height, c, c - column);
        }
        for (int r = 0; r < height; r++) {
          y.write((first + row + r) * outputs + column, tile, r * GROUP, end - column);
        }
      }
    }
  }
}
