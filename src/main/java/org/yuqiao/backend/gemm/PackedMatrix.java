package org.yuqiao.backend.gemm;

import org.yuqiao.backend.tensor.Tensor;

/**
 * A float32 weight matrix W {@code [I, O]} in panels of two vectors of columns, row after row, so
 * that a matmul reads memory once and in order. OpenBLAS packs the matrix at every call, which for
 * few rows takes most of its time.
 *
 * <p>An element is summed in the order of I, so that a row's result is the same to the last bit
 * whatever rows are computed with it.
 */
public final class PackedMatrix implements WeightMatrix {
  private static final int PANEL = PanelGemm.WIDTH;
  private static final int ROWS = PanelGemm.ROWS;

  /** Columns computed for some rows before the next rows; they stay in the cache. */
  private static final int GROUP = 8 * PANEL;

  /** Elements of x multiplied with the whole matrix before the next ones: 512 KiB. */
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
    int maxRows = Math.min(rows, Math.max(ROWS, BLOCK / inputs / ROWS * ROWS));
    float[] x = workspace.lease((maxRows + ROWS) * inputs);
    float[] start = workspace.lease(outputs + PANEL);
    WeightMatrix.readBias(in, start, outputs);
    float[] tile = workspace.lease(ROWS * GROUP);
    PanelGemm gemm = new PanelGemm(x, inputs, start, tile, GROUP);
    for (int first = 0; first < rows; first += maxRows) {
      int count = Math.min(maxRows, rows - first);
      in[0].read(first * inputs, x, 0, count * inputs);
      multiply(gemm, first, count, tile, y);
    }
  }

  /** Writes {@code count} rows of y from row {@code first} on. */
  private void multiply(PanelGemm gemm, int first, int count, float[] tile, Tensor y) {
    for (int column = 0; column < outputs; column += GROUP) {
      int end = Math.min(outputs, column + GROUP);
      for (int row = 0; row < count; row += ROWS) {
        int height = Math.min(ROWS, count - row);
        for (int c = column; c < end; c += PANEL) {
          gemm.run(panels, c * inputs, row * inputs, height, c, c - column);
        }
        for (int r = 0; r < height; r++) {
          y.write((first + row + r) * outputs + column, tile, r * GROUP, end - column);
        }
      }
    }
  }
}
