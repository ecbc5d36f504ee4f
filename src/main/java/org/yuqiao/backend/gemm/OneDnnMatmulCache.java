package org.yuqiao.backend.gemm;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.yuqiao.backend.tensor.AddressPointer;

/**
 * What one thread needs for products with {@link OneDnnWeights}: machine code for each number of
 * rows and each size of matrix, made when first asked for (in about a tenth of a millisecond).
 */
public final class OneDnnMatmulCache {
  /** More rows at once would leave the second-level cache. */
  public static final int MAX_ROWS = 256;

  /**
   * So many are kept ready, those that were used last: numbers of rows differ from step to step.
   */
  private static final int KEPT = 1024;

  private record Size(int rows, int inputs, int outputs, memory.data_type type) {}

  /** Code and what it is told: where x, W, b (of floats) and y are. */
  private record Product(matmul code, memory x, memory bias, memory y, dnnl_exec_arg_t arguments) {
    void close() {
      arguments.close();
      y.close();
      bias.close();
      x.close();
      code.close();
    }
  }

  private static final class Shared {
    static final engine ENGINE = new engine(engine.kind.cpu, 0);

    private Shared() {}
  }

  private final stream queue = new stream(engine());
  private final Map<Size, Product> products = new LinkedHashMap<>(64, 0.75f, true);
  private final AddressPointer x = new AddressPointer();
  private final AddressPointer bias = new AddressPointer();
  private final AddressPointer y = new AddressPointer();

  static engine engine() {
    return Shared.ENGINE;
  }

  /** A matrix, row after row. */
  static memory.desc matrix(int rows, int columns, memory.data_type type) {
    return new memory.desc(new long[] {rows, columns}, type, memory.format_tag.ab);
  }

  /** How {@code rows} rows are multiplied with {@code weights}, bytes or floats. */
  static matmul.primitive_desc description(
      int rows, memory.desc weights, int inputs, int outputs, memory.data_type type) {
    memory.desc x = matrix(rows, inputs, type);
    memory.desc y = matrix(rows, outputs, memory.data_type.f32);
    matmul.desc product =
        type == memory.data_type.f32
            ? new matmul.desc(x, weights, matrix(1, outputs, type), y)
            : new matmul.desc(x, weights, y);
    return new matmul.primitive_desc(product, engine());
  }

  /**
   * y = x W + b, where rows of x, b (for floats alone) and rows of y begin at these addresses; at
   * most {@link #MAX_ROWS}.
   */
  public void multiply(
      OneDnnWeights weights, int rows, long xAddress, long biasAddress, long yAddress) {
    Size size = new Size(rows, weights.inputs(), weights.outputs(), weights.type());
    Product product = products.computeIfAbsent(size, key -> make(key, weights));
    boolean biased = weights.type() == memory.data_type.f32;
    dnnl.dnnl_memory_set_data_handle(product.x().get(), x.at(xAddress));
    dnnl.dnnl_memory_set_data_handle(product.y().get(), y.at(yAddress));
    if (biased) {
      dnnl.dnnl_memory_set_data_handle(product.bias().get(), bias.at(biasAddress));
    }
    product.arguments().position(2).memory(weights.elements().get());
    int status =
        dnnl.dnnl_primitive_execute(
            product.code().get(), queue.get(), biased ? 4 : 3, product.arguments().position(0));
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN cannot multiply: status " + status);
    }
    if (products.size() > KEPT) {
      var eldest = products.entrySet().iterator();
      eldest.next().getValue().close();
      eldest.remove();
    }
  }

  private Product make(Size size, OneDnnWeights weights) {
    memory.data_type type = size.type();
    try (memory.desc layout = weights.elements().get_desc();
        matmul.primitive_desc description =
            description(size.rows(), layout, size.inputs(), size.outputs(), type)) {
      memory rows = new memory(matrix(size.rows(), size.inputs(), type), engine(), x);
      memory row = new memory(matrix(1, size.outputs(), memory.data_type.f32), engine(), bias);
      memory sums =
          new memory(matrix(size.rows(), size.outputs(), memory.data_type.f32), engine(), y);
      dnnl_exec_arg_t arguments = new dnnl_exec_arg_t(4);
      arguments.position(0).arg(dnnl.DNNL_ARG_SRC).memory(rows.get());
      arguments.position(1).arg(dnnl.DNNL_ARG_DST).memory(sums.get());
      arguments.position(2).arg(dnnl.DNNL_ARG_WEIGHTS);
      arguments.position(3).arg(dnnl.DNNL_ARG_BIAS).memory(row.get());
      return new Product(new matmul(description), rows, row, sums, arguments);
    }
  }
}
