package org.yuqiao.backend;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;

/**
 * Products of integers by oneDNN, on processors that multiply four pairs of bytes and add them up
 * with one instruction (AVX-512 VNNI). The matrix is laid out once, as that instruction wants it.
 */
final class OneDnnIntegers implements IntegerProduct {
  private final OneDnnWeights weights;

  /** Lays out {@code values}, row-major {@code [I, O]}. */
  OneDnnIntegers(byte[] values, int inputs, int outputs) {
    weights = OneDnnWeights.of(inputs, outputs, memory.data_type.s8);
    try (BytePointer plain = new BytePointer(values)) {
      weights.fill(plain, false);
    }
  }

  /** Whether the processor and the settings are such. */
  static boolean areUsed() {
    int vnni = dnnl.dnnl_cpu_isa_avx512_core_vnni;
    return OneDnn.isUsed() && (dnnl.dnnl_get_effective_cpu_isa() & vnni) == vnni;
  }

  @Override
  public int mostRows() {
    return OneDnnProducts.MOST_ROWS;
  }

  @Override
  public void multiply(float[] q, int rows, Scratch scratch) {
    scratch.integerRows().multiply(q, rows, weights, scratch.oneDnn());
  }

  @Override
  public void read(int row, float[] sums, Scratch scratch) {
    scratch.integerRows().read(row * weights.outputs(), sums, weights.outputs());
  }
}
