package org.yuqiao.backend;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * What one thread needs for products of integers by oneDNN: its machine code for each size, made
 * when first asked for, and native memory for rows and sums. Numbers of rows are rounded up, so
 * that there are few sizes.
 */
final class OneDnnProducts {
  private static final int STEP = 16;

  private record Size(int rows, int inputs, int outputs) {}

  /** Code, and what it works on; the matrices are held so that they are not collected. */
  private record Product(matmul code, memory x, memory y, dnnl_exec_arg_t arguments) {}

  private static final class Shared {
    static final engine ENGINE = new engine(engine.kind.cpu, 0);

    private Shared() {}
  }

  private final stream queue = new stream(engine());
  private final Map<Size, Product> products = new HashMap<>();
  private byte[] bytes = {};
  private BytePointer rows = new BytePointer();
  private ByteBuffer rowBuffer = ByteBuffer.allocate(0);
  private FloatPointer sums = new FloatPointer();
  private FloatBuffer sumBuffer = FloatBuffer.allocate(0);

  static engine engine() {
    return Shared.ENGINE;
  }

  /** A matrix, row after row. */
  static memory.desc matrix(int rows, int columns, memory.data_type type) {
    return new memory.desc(new long[] {rows, columns}, type, memory.format_tag.ab);
  }

  /** How products of some rows want a matrix {@code [I, O]} of integers to be laid out. */
  static memory.desc layout(int inputs, int outputs) {
    memory.desc any =
        new memory.desc(new long[] {inputs, outputs}, memory.data_type.s8, memory.format_tag.any);
    return description(4 * STEP, any, inputs, outputs).weights_desc();
  }

  private static matmul.primitive_desc description(
      int rows, memory.desc weights, int inputs, int outputs) {
    memory.desc x = matrix(rows, inputs, memory.data_type.s8);
    memory.desc y = matrix(rows, outputs, memory.data_type.f32);
    return new matmul.primitive_desc(new matmul.desc(x, weights, y), engine());
  }

  /** Multiplies {@code count} rows of {@code q} with {@code weights} {@code [I, O]}. */
  void multiply(float[] q, int count, memory weights, int inputs, int outputs) {
    int padded = padded(count);
    reserve(padded * inputs, padded * outputs);
    RowQuantiser.toBytes(q, count * inputs, bytes);
    rowBuffer.put(0, bytes, 0, count * inputs);
    Size size = new Size(padded, inputs, outputs);
    Product product = products.computeIfAbsent(size, key -> make(key, weights));
    product.arguments().position(1).memory(weights.get());
    int status =
        dnnl.dnnl_primitive_execute(
            product.code().get(), queue.get(), 3, product.arguments().position(0));
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN cannot multiply integers: status " + status);
    }
  }

  private static int padded(int rows) {
    return rows <= STEP / 2 ? Integer.highestOneBit(2 * rows - 1) : (rows + STEP - 1) / STEP * STEP;
  }

  /** Copies {@code count} sums of the last product, from {@code first} on. */
  void read(int first, float[] target, int count) {
    sumBuffer.get(first, target, 0, count);
  }

  private void reserve(int rowSize, int sumSize) {
    if (rowSize <= bytes.length && sumSize <= sumBuffer.capacity()) {
      return;
    }
    bytes = new byte[Math.max(rowSize, bytes.length)];
    rows = new BytePointer(bytes.length);
    rowBuffer = rows.asByteBuffer();
    sums = new FloatPointer(Math.max(sumSize, sumBuffer.capacity()));
    sumBuffer = sums.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    products.clear(); // They know where rows and sums were.
  }

  private Product make(Size size, memory weights) {
    memory.desc layout = weights.get_desc();
    matmul code = new matmul(description(size.rows(), layout, size.inputs(), size.outputs()));
    memory x = new memory(matrix(size.rows(), size.inputs(), memory.data_type.s8), engine(), rows);
    memory y =
        new memory(matrix(size.rows(), size.outputs(), memory.data_type.f32), engine(), sums);
    dnnl_exec_arg_t arguments = new dnnl_exec_arg_t(3);
    arguments.position(0).arg(dnnl.DNNL_ARG_SRC).memory(x.get());
    arguments.position(1).arg(dnnl.DNNL_ARG_WEIGHTS);
    arguments.position(2).arg(dnnl.DNNL_ARG_DST).memory(y.get());
    return new Product(code, x, y, arguments);
  }
}
