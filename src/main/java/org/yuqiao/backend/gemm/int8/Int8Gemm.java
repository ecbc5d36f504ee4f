package org.yuqiao.backend.gemm.int8;

import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.simd.RowQuantizer;
import org.yuqiao.backend.tensor.Tensor;

/**
 * Products of rows of integers of eight bits with a matrix {@code [I, O]} of such. Sums are exact,
 * whoever makes them: 127 * 127 * I stays below 2^31 for I up to 133,000.
 */
interface Int8Gemm {
  /** The most rows that are multiplied at once. */
  int mostRows();

  /**
   * Rounds rows by {@link RowQuantizer} and multiplies them; the sums, each as the nearest float,
   * are written to rows of {@code y}.
   *
   * @param x {@code [rows, I]}, lost afterwards; what lies behind, up to three rows more, may be
   *     read
   * @param factors takes the factor of each row
   * @param first the first row of {@code y} that is written
   */
  void multiply(float[] x, int rows, float[] factors, Tensor y, int first, Workspace workspace);
}
