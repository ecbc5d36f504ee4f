package org.yuqiao.backend.gemm;

import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.yuqiao.backend.tensor.AddressPointer;

/**
 * The oneDNN matmuls of one thread with {@link OneDnnWeights}: one for each number of rows and
 * matrix size, compiled at its first use (about 0.1 ms), the least recently used dropped.
 */
public final class OneDnnMatmulCache {
  /** More rows at once would exceed the second-level cache. */
  public static final int MAX_ROWS = 256;

  /** Large, because the number of rows changes from step to step. */
  private static final int CAPACITY = 1024;

  private record Size(int rows, int inputs, int outputs, memory.data_type type) {}

  /** A compiled matmul and its arguments: x, W, b (float32 only) and y. */
  private record Matmul(matmul code, memory x, memory bias, memory y, dnnl_exec_arg_t arguments)
      implements CompiledMatmuls.Compiled {
    @Override
    public void close() {
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
  private final CompiledMatmuls<Size, Matmul> matmuls = new CompiledMatmuls<>(CAPACITY);
  private final AddressPointer x = new AddressPointer();
  private final AddressPointer bias = new AddressPointer();
  private final AddressPointer y = new AddressPointer();

  static engine engine() {
    return Shared.ENGINE;
  }

  /** A row-major matrix. */
  static memory.desc matrix(int rows, int columns, memory.data_type type) {
    return new memory.desc(new long[] {rows, columns}, type, memory.format_tag.ab);
  }

  /** The matmul of {@code rows} rows with {@code weights}, all int8 or all float32. */
  static matmul.primitive_desc description(
      int rows, memory.desc weights, int inputs, int outputs, memory.data_type type) {
    memory.desc x = matrix(rows, inputs, type);
    memory.desc y = matrix(rows, outputs, memory.data_type.f32);
    matmul.desc matmul =
        type == memory.data_type.f32
            ? new matmul.desc(x, weights, matrix(1, outputs, type), y)
            : new matmul.desc(x, weights, y);
    return new matmul.primitive_desc(matmul, engine());
  }

  /**
   * y = x W + b, with the rows of x, b (float32 only) and the rows of y at these addresses.
   *
   * @param rows at most {@link #MAX_ROWS}
   */
  public void multiply(
      OneDnnWeights weights, int rows, long xAddress, long biasAddress, long yAddress) {
    Size size = new Size(rows, weights.inputs(), weights.outputs(), weights.type());
    Matmul matmul = matmuls.of(size, key -> compile(key, weights));
    boolean hasBias = weights.type() == memory.data_type.f32;
    dnnl.dnnl_memory_set_data_handle(matmul.x().get(), x.at(xAddress));
    dnnl.dnnl_memory_set_data_handle(matmul.y().get(), y.at(yAddress));
    if (hasBias) {
      dnnl.dnnl_memory_set_data_handle(matmul.bias().get(), bias.at(biasAddress));
    }
    matmul.arguments().position(2).memory(weights.elements().get());
    int status =
        dnnl.dnnl_primitive_execute(
            matmul.code().get(), queue.get(), hasBias ? 4 : 3, matmul.arguments().position(0));
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN cannot multiply: status " + status);
    }
  }

  private Matmul compile(Size size, OneDnnWeights weights) {
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
      return new Matmul(new matmul(description), rows, row, sums, arguments);
    }
  }
}
