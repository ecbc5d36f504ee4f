package org.yuqiao.backend.gemm;

import org.yuqiao.backend.tensor.Tensor;

/**
 * A float32 matrix in native memory, row-major or the transpose of one that is.
 *
 * @param address of its first element
 * @param rows after transposition
 * @param columns after transposition
 * @param stride elements from one row in memory to the next
 * @param isTransposed whether columns, not rows, are contiguous in memory
 */
public record NativeMatrix(long address, int rows, int columns, int stride, boolean isTransposed) {
  /** A row-major matrix. */
  public NativeMatrix(long address, int rows, int columns, int stride) {
    this(address, rows, columns, stride, false);
  }

  /** All elements of {@code x}: its last axis is the columns. */
  public static NativeMatrix of(Tensor x) {
    return new NativeMatrix(x.address(0), x.rows(), x.width(), x.width());
  }

  /** Whether no elements of other matrices lie between its own. */
  boolean isContiguous() {
    return stride == (isTransposed ? rows : columns);
  }

  /** The rows from {@code first} on, of a matrix that is not transposed. */
  NativeMatrix rowsFrom(int first) {
    long start = address + (long) first * stride * Float.BYTES;
    return new NativeMatrix(start, rows - first, columns, stride);
  }

  /** The transpose, in the same memory. */
  public NativeMatrix transpose() {
    return new NativeMatrix(address, columns, rows, stride, !isTransposed);
  }
}
