package org.yuqiao.backend.gemm.int8;

import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.simd.RowQuantizer;

/**
 * Matmuls of int8 rows with an int8 matrix {@code [I, O]}. Sums are exact: 127 * 127 * I stays
 * below 2^31 for I up to 133,000.
 */
interface Int8Gemm {
  /** Takes the sums of a row of x with some columns of the matrix. */
  @FunctionalInterface
  interface Sums {
    /**
     * Takes {@code count} sums.
     *
     * @param row of x
     * @param column the first one
     * @param values the sums, each as the nearest float32; may be overwritten
     */
    void take(int row, int column, float[] values, int count);
  }

  /** The largest number of rows of one call. */
  int maxRows();

  /**
   * Quantizes rows by {@link RowQuantizer} and multiplies them with the matrix.
   *
   * @param x {@code [rows, I]}, overwritten; up to three rows behind them may be read
   * @param scales takes the scale of each row, before the first sums
   */
  void multiply(float[] x, int rows, float[] scales, Workspace workspace, Sums sums);
}
