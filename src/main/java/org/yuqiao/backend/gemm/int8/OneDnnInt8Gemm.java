package org.yuqiao.backend.gemm.int8;

import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.yuqiao.backend.gemm.OneDnnMatmulCache;
import org.yuqiao.backend.gemm.OneDnnWeights;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.tensor.Tensor;

/**
 * int8 matmuls by oneDNN with AVX-512 VNNI, whose instruction multiplies four pairs of bytes and
 * adds them up. The matrix is laid out once for that instruction.
 */
final class OneDnnInt8Gemm implements Int8Gemm {
  private static final int MAX_SUMS = 1 << 17;
  private static final int MIN_ROWS = 16;

  private final OneDnnWeights weights;

  /** Lays out {@code values}, row-major {@code [I, O]}. */
  OneDnnInt8Gemm(byte[] values, int inputs, int outputs) {
    weights = OneDnnWeights.of(inputs, outputs, memory.data_type.s8);
    try (BytePointer plain = new BytePointer(values)) {
      weights.fill(plain, false);
    }
  }

  /** Sums are read again at once, so they should fit the second-level cache. */
  @Override
  public int maxRows() {
    return Math.max(MIN_ROWS, Math.min(OneDnnMatmulCache.MAX_ROWS, MAX_SUMS / weights.outputs()));
  }

  @Override
  public void multiply(
      float[] x, int rows, float[] scales, Tensor y, int first, Workspace workspace) {
    long from = workspace.int8Rows().quantize(x, rows, weights.inputs(), scales);
    long to = y.address((long) first * weights.outputs());
    workspace.oneDnn().multiply(weights, rows, from, 0, to);
  }
}
