package org.yuqiao.backend.gemm.int8;

import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.simd.RowQuantizer;
import org.yuqiao.backend.tensor.Tensor;

/**
 * Matmuls of int8 rows with an int8 matrix {@code [I, O]}. Sums are exact: 127 * 127 * I stays
 * below 2^31 for I up to 133,000.
 */
interface Int8Gemm {
  /** The largest number of rows of one call. */
  int maxRows();

  /**
   * Quantizes rows by {@link RowQuantizer} and writes their matmul to rows of {@code y}, each sum
   * as the nearest float32.
   *
   * @param x {@code [rows, I]}, overwritten; up to three rows behind them may be read
   * @param scales takes the scale of each row
   * @param first the first row of {@code y} to write
   */
  void multiply(float[] x, int rows, float[] scales, Tensor y, int first, Workspace workspace);
}
