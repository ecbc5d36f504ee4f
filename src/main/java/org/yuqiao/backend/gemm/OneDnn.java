package org.yuqiao.backend.gemm;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.yuqiao.backend.simd.SimdMath;

/**
 * Large matrix products by oneDNN, which makes its machine code at run time for the processor it
 * meets. Measured beside OpenBLAS with AVX-512 only, where it is about an eighth faster in a step
 * of training; elsewhere it is left alone.
 */
public final class OneDnn {
  private static final int AVX512_LANES = 16;

  /** Multiplications from which on it is asked: small products are over before it has begun. */
  private static final long LEAST = 1_000_000;

  private static final boolean USED = isWanted() && loads();

  private OneDnn() {}

  /** Whether it does products here; {@code -Dyuqiao.onednn=off} leaves them to OpenBLAS. */
  public static boolean isUsed() {
    return USED;
  }

  /** Whether a product of that size is one for it. */
  static boolean suits(int m, int n, int k) {
    return USED && (long) m * n * k >= LEAST;
  }

  /** Without that variable every one of our threads would get a team of OpenMP threads below it. */
  private static boolean isWanted() {
    return SimdMath.COUNT == AVX512_LANES
        && "1".equals(System.getenv("OMP_NUM_THREADS"))
        && !"off".equals(System.getProperty("yuqiao.onednn"));
  }

  private static boolean loads() {
    try {
      Loader.load(dnnl.class);
      return true;
    } catch (LinkageError e) {
      return false; // No machine code for this platform.
    }
  }

  /** A matrix in native memory; see {@link Workspace.Matrix}. */
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
