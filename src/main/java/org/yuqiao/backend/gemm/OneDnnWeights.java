package org.yuqiao.backend.gemm;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;

/**
 * A float32 or int8 weight matrix W {@code [I, O]} in the layout that oneDNN's matmul prefers.
 *
 * @param elements the matrix
 * @param type of its elements
 */
public record OneDnnWeights(memory elements, int inputs, int outputs, memory.data_type type) {
  /** oneDNN chooses the layout for that number of rows; it serves any number. */
  private static final int TYPICAL_ROWS = 64;

  /** A matrix with undefined elements until {@link #fill}. */
  public static OneDnnWeights of(int inputs, int outputs, memory.data_type type) {
    long[] shape = {inputs, outputs};
    try (memory.desc any = new memory.desc(shape, type, memory.format_tag.any);
        var matmul = OneDnnMatmulCache.description(TYPICAL_ROWS, any, inputs, outputs, type);
        memory.desc layout = matmul.weights_desc()) {
      return new OneDnnWeights(
          new memory(layout, OneDnnMatmulCache.engine()), inputs, outputs, type);
    }
  }

  /** Copies {@code values}, row-major {@code [I, O]} or, when transposed, {@code [O, I]}. */
  public void fill(Pointer values, boolean transposed) {
    memory.format_tag order = transposed ? memory.format_tag.ba : memory.format_tag.ab;
    try (memory.desc plain = new memory.desc(new long[] {inputs, outputs}, type, order);
        memory source = new memory(plain, OneDnnMatmulCache.engine(), values);
        stream queue = new stream(OneDnnMatmulCache.engine());
        reorder packing = new reorder(source, elements)) {
      packing.execute(queue, source, elements);
      queue._wait();
    }
  }
}
