package org.yuqiao.backend.gemm;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;

/**
 * A matrix W {@code [I, O]} of bytes or floats, laid out once as oneDNN's products of some rows
 * with it want it.
 *
 * @param elements the matrix
 * @param type of its elements
 */
public record OneDnnWeights(memory elements, int inputs, int outputs, memory.data_type type) {
  /** The layout asked for is that of as many rows; it serves any number. */
  private static final int USUAL_ROWS = 64;

  /** Room for a matrix, whose elements {@link #fill} brings. */
  public static OneDnnWeights of(int inputs, int outputs, memory.data_type type) {
    long[] shape = {inputs, outputs};
    try (memory.desc any = new memory.desc(shape, type, memory.format_tag.any);
        var product = OneDnnMatmulCache.description(USUAL_ROWS, any, inputs, outputs, type);
        memory.desc layout = product.weights_desc()) {
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
