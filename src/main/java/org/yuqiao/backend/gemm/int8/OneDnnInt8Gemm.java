package org.yuqiao.backend.gemm.int8;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.yuqiao.backend.gemm.OneDnnMatmulCache;
import org.yuqiao.backend.gemm.OneDnnWeights;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.tensor.Tensor;

/**
 * int8 matmuls by oneDNN with AVX-512 VNNI, whose instruction multiplies four pairs of bytes and
 * adds them up. The matrix is laid out once for that instruction.
 *
 * <p>A wide matrix, as the output layer, is cut into panels of columns: all rows are multiplied
 * with one panel before the next is read from memory, and sums are read again at once, while they
 * are in the second-level cache.
 */
final class OneDnnInt8Gemm implements Int8Gemm {
  private static final int PANEL_COLUMNS = 4096;
  private static final int MAX_SUMS = 1 << 17;

  private final int inputs;
  private final List<Panel> panels = new ArrayList<>();

  /**
   * Adjacent columns.
   *
   * @param first the first one
   */
  private record Panel(int first, OneDnnWeights weights) {}

  /** Lays out {@code values}, row-major {@code [I, O]}. */
  OneDnnInt8Gemm(byte[] values, int inputs, int outputs) {
    this.inputs = inputs;
    for (int first = 0; first < outputs; first += PANEL_COLUMNS) {
      int count = Math.min(PANEL_COLUMNS, outputs - first);
      OneDnnWeights weights = OneDnnWeights.of(inputs, count, memory.data_type.s8);
      try (BytePointer plain = new BytePointer(columns(values, inputs, first, count))) {
        weights.fill(plain, false);
      }
      panels.add(new Panel(first, weights));
    }
  }

  private static byte[] columns(byte[] values, int inputs, int first, int count) {
    int outputs = values.length / inputs;
    if (count == outputs) {
      return values;
    }
    byte[] columns = new byte[inputs * count];
    for (int i = 0; i < inputs; i++) {
      System.arraycopy(values, i * outputs + first, columns, i * count, count);
    }
    return columns;
  }

  @Override
  public int maxRows() {
    return OneDnnMatmulCache.MAX_ROWS;
  }

  @Override
  public void multiply(float[] x, int rows, float[] scales, Workspace workspace, Sums sums) {
    long quantized = workspace.int8Rows().quantize(x, rows, inputs, scales);
    for (Panel panel : panels) {
      int width = panel.weights().outputs();
      int height = MAX_SUMS / width;
      Tensor tile = workspace.nativeRows(Math.min(height, rows), width);
      float[] row = workspace.lease(width);
      for (int first = 0; first < rows; first += height) {
        int count = Math.min(height, rows - first);
        long from = quantized + (long) first * inputs;
        workspace.oneDnn().multiply(panel.weights(), count, from, 0, tile.address(0));
        for (int r = 0; r < count; r++) {
          tile.read(r * width, row, 0, width);
          sums.take(first + r, panel.first(), row, width);
        }
      }
      workspace.releaseTo(workspace.leases() - 1);
    }
  }
}
