package org.yuqiao.backend;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;

/**
 * Products of integers by oneDNN, on processors that multiply four pairs of bytes and add them up
 * with one instruction (AVX-512 VNNI). The matrix is laid out once, as that instruction wants it.
 */
final class OneDnnIntegers implements IntegerProduct {
  /** More rows would leave the second-level cache. */
  private static final int ROWS = 256;

  private final int inputs;
  private final int outputs;
  private final memory weights;

  /** Lays out {@code values}, row-major {@code [I, O]}. */
  OneDnnIntegers(byte[] values, int inputs, int outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
    engine processor = OneDnnProducts.engine();
    try (BytePointer plain = new BytePointer(values);
        memory.desc order = OneDnnProducts.matrix(inputs, outputs, memory.data_type.s8);
        memory source = new memory(order, processor, plain);
        stream queue = new stream(processor)) {
      weights = new memory(OneDnnProducts.layout(inputs, outputs), processor);
      try (reorder packing = new reorder(source, weights)) {
        packing.execute(queue, source, weights);
        queue._wait();
      }
    }
  }

  /** Whether the processor and the settings are such. */
  static boolean areUsed() {
    return OneDnn.isUsed() && hasVnni();
  }

  private static boolean hasVnni() {
    int vnni = dnnl.dnnl_cpu_isa_avx512_core_vnni;
    return (dnnl.dnnl_get_effective_cpu_isa() & vnni) == vnni;
  }

  @Override
  public int mostRows() {
    return ROWS;
  }

  @Override
  public void multiply(float[] q, int rows, Scratch scratch) {
    scratch.oneDnn().multiply(q, rows, weights, inputs, outputs);
  }

  @Override
  public void read(int row, float[] sums, Scratch scratch) {
    scratch.oneDnn().read(row * outputs, sums, outputs);
  }
}
