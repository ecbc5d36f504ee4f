package org.yuqiao.backend.gemm;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.yuqiao.backend.compute.Compute;

/**
 * Large matmuls by oneDNN, which generates machine code at run time for the processor it runs on:
 * about an eighth faster than OpenBLAS in a training step with AVX-512.
 */
final class OneDnn {
  /** Multiplications from which on it is used: smaller matmuls end before oneDNN has begun. */
  private static final long MIN_MULTIPLICATIONS = 1_000_000;

  private OneDnn() {}

  /** Whether oneDNN computes a matmul of that size. */
  static boolean suits(int m, int n, int k) {
    return Compute.here().usesOneDnn() && (long) m * n * k >= MIN_MULTIPLICATIONS;
  }

  /** A matrix in native memory; see {@link NativeMatrix}. */
  record Operand(FloatPointer pointer, int stride, boolean transposed) {
    byte transposition() {
      return (byte) (transposed ? 'T' : 'N');
    }
  }

  /** C = op(A) op(B) + beta C, row-major, op(A) being [m, k] and op(B) [k, n]. */
  static void multiply(Operand a, Operand b, Operand c, int m, int n, int k, float beta) {
    int status =
        dnnl.dnnl_sgemm(
            a.transposition(),
            b.transposition(),
            m,
            n,
            k,
            1,
            a.pointer(),
            a.stride(),
            b.pointer(),
            b.stride(),
            beta,
            c.pointer(),
            c.stride());
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN cannot multiply: status " + status);
    }
  }
}
