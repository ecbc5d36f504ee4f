package org.yuqiao.backend.gemm;

import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.stream;
import org.yuqiao.backend.compute.Compute;
import org.yuqiao.backend.tensor.AddressPointer;

/**
 * Large matmuls of one thread whose inputs are rounded to bfloat16, with float32 sums: by oneDNN
 * with the instructions of AVX512-BF16, about 1.8 times as fast as in float32, rounding included.
 *
 * <p>oneDNN compiles code for each size. So that few sizes occur, although each batch has another
 * number of tokens, tokens are taken in blocks: a sum over tokens is padded with zeros to whole
 * blocks, rows beyond the last whole block are left to the caller.
 */
final class Bfloat16Gemm {
  /** Multiplications from which on it is used: a smaller matmul gains less than rounding costs. */
  private static final long MIN_MULTIPLICATIONS = 4_000_000;

  private static final int BLOCK = 32;
  private static final int CAPACITY = 1024;

  /**
   * Columns from which on a result, as that of an output layer, is computed in blocks of {@link
   * #WIDE_ROWS} rows: one that outgrows the second-level cache takes oneDNN 2.5 two to four times
   * as long in one piece, the most when its columns are no multiple of 32.
   */
  private static final int WIDE = 2048;

  private static final int WIDE_ROWS = 64;

  private record Size(int m, int n, int k, boolean aTransposed, boolean bTransposed, boolean adds) {
    memory.desc a() {
      return matrix(m, k, memory.data_type.bf16, aTransposed);
    }

    memory.desc b() {
      return matrix(k, n, memory.data_type.bf16, bTransposed);
    }

    memory.desc c() {
      return matrix(m, n, memory.data_type.f32, false);
    }

    private static memory.desc matrix(
        int rows, int columns, memory.data_type type, boolean transposed) {
      return new memory.desc(
          new long[] {rows, columns},
          type,
          transposed ? memory.format_tag.ba : memory.format_tag.ab);
    }
  }

  /** A compiled matmul and its arguments. */
  private record Matmul(matmul code, memory a, memory b, memory c, dnnl_exec_arg_t arguments)
      implements CompiledMatmuls.Compiled {
    @Override
    public void close() {
      arguments.close();
      c.close();
      b.close();
      a.close();
      code.close();
    }
  }

  private final stream queue = new stream(OneDnnMatmulCache.engine());
  private final Bfloat16Buffer left = new Bfloat16Buffer(queue);
  private final Bfloat16Buffer right = new Bfloat16Buffer(queue);
  private final CompiledMatmuls<Size, Matmul> matmuls = new CompiledMatmuls<>(CAPACITY);
  private final AddressPointer result = new AddressPointer();

  /** Whether {@link #multiply} computes that matmul. */
  static boolean suits(NativeMatrix a, NativeMatrix b, NativeMatrix c) {
    return Compute.here().usesBfloat16()
        && !(a.isTransposed() && b.isTransposed())
        && a.isContiguous()
        && b.isContiguous()
        && c.isContiguous()
        && (a.isTransposed() || c.rows() >= BLOCK)
        && (long) c.rows() * c.columns() * a.columns() >= MIN_MULTIPLICATIONS;
  }

  /**
   * C = A B + beta C.
   *
   * @param beta 0 or 1
   * @return the number of rows of C that were computed; the others are as before
   */
  int multiply(NativeMatrix a, NativeMatrix b, NativeMatrix c, float beta) {
    int m = a.isTransposed() ? c.rows() : c.rows() - c.rows() % BLOCK;
    int k = a.isTransposed() ? roundUp(a.columns()) : a.columns();
    left.round(a.address(), (long) a.columns() * m, (long) k * m);
    right.round(b.address(), (long) b.rows() * b.columns(), (long) k * b.columns());
    int rows = !a.isTransposed() && c.columns() >= WIDE ? WIDE_ROWS : m;
    for (int first = 0; first < m; first += rows) {
      int block = Math.min(rows, m - first);
      Size size = new Size(block, c.columns(), k, a.isTransposed(), b.isTransposed(), beta != 0);
      multiply(size, (long) first * k, c.rowsFrom(first).address());
    }
    return m;
  }

  /** Multiplies rows of A, whose first value is {@code first}, and B into {@code target}. */
  private void multiply(Size size, long first, long target) {
    Matmul matmul = matmuls.of(size, this::compile);
    left.bind(matmul.a(), first);
    right.bind(matmul.b(), 0);
    dnnl.dnnl_memory_set_data_handle(matmul.c().get(), result.at(target));
    int status =
        dnnl.dnnl_primitive_execute(
            matmul.code().get(), queue.get(), 3, matmul.arguments().position(0));
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN cannot multiply bfloat16: status " + status);
    }
  }

  private static int roundUp(int tokens) {
    return (tokens + BLOCK - 1) / BLOCK * BLOCK;
  }

  private Matmul compile(Size size) {
    try (primitive_attr attributes = new primitive_attr();
        post_ops sums = new post_ops();
        memory.desc a = size.a();
        memory.desc b = size.b();
        memory.desc c = size.c();
        matmul.desc matmul = new matmul.desc(a, b, c)) {
      if (size.adds()) {
        sums.append_sum();
        attributes.set_post_ops(sums);
      }
      try (var description =
          new matmul.primitive_desc(matmul, attributes, OneDnnMatmulCache.engine())) {
        memory first = new memory(a, OneDnnMatmulCache.engine(), result);
        memory second = new memory(b, OneDnnMatmulCache.engine(), result);
        memory target = new memory(c, OneDnnMatmulCache.engine(), result);
        dnnl_exec_arg_t arguments = new dnnl_exec_arg_t(3);
        arguments.position(0).arg(dnnl.DNNL_ARG_SRC).memory(first.get());
        arguments.position(1).arg(dnnl.DNNL_ARG_WEIGHTS).memory(second.get());
        arguments.position(2).arg(dnnl.DNNL_ARG_DST).memory(target.get());
        return new Matmul(new matmul(description), first, second, target, arguments);
      }
    }
  }
}
