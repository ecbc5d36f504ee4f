package org.yuqiao.backend.gemm;

import java.util.Optional;
import org.bytedeco.openblas.global.openblas;
import org.yuqiao.backend.compute.MatmulPrecision;
import org.yuqiao.backend.tensor.AddressPointer;

/** Matmuls C = alpha A B + beta C of float32 matrices (BLAS level 3), for one thread. */
public final class Sgemm {
  private final AddressPointer addressA = new AddressPointer();
  private final AddressPointer addressB = new AddressPointer();
  private final AddressPointer addressC = new AddressPointer();
  private final Optional<Bfloat16Gemm> bfloat16;

  /** Matmuls whose large ones have inputs of that precision. */
  Sgemm(MatmulPrecision precision) {
    this.bfloat16 =
        precision == MatmulPrecision.BFLOAT16 ? Optional.of(new Bfloat16Gemm()) : Optional.empty();
  }

  /**
   * C = alpha A B + beta C by OpenBLAS.
   *
   * @param c not transposed
   * @throws IllegalArgumentException when the shapes do not fit together
   */
  public void multiply(NativeMatrix a, NativeMatrix b, NativeMatrix c, float alpha, float beta) {
    requireShapes(a, b, c);
    openblas.cblas_sgemm(
        openblas.CblasRowMajor,
        a.isTransposed() ? openblas.CblasTrans : openblas.CblasNoTrans,
        b.isTransposed() ? openblas.CblasTrans : openblas.CblasNoTrans,
        c.rows(),
        c.columns(),
        a.columns(),
        alpha,
        addressA.at(a.address()),
        a.stride(),
        addressB.at(b.address()),
        b.stride(),
        beta,
        addressC.at(c.address()),
        c.stride());
  }

  /**
   * C = A B + beta C, by oneDNN where that is faster, with inputs rounded to this precision.
   *
   * @param beta 0 or 1
   */
  public void multiplyLarge(NativeMatrix a, NativeMatrix b, NativeMatrix c, float beta) {
    if (bfloat16.isEmpty() || !Bfloat16Gemm.suits(a, b, c)) {
      multiplyFloat32(a, b, c, beta);
      return;
    }
    requireShapes(a, b, c);
    int rows = bfloat16.get().multiply(a, b, c, beta);
    if (rows < c.rows()) {
      multiplyFloat32(a.rowsFrom(rows), b, c.rowsFrom(rows), beta);
    }
  }

  private void multiplyFloat32(NativeMatrix a, NativeMatrix b, NativeMatrix c, float beta) {
    if (OneDnn.suits(c.rows(), c.columns(), a.columns())) {
      requireShapes(a, b, c);
      OneDnn.multiply(
          operand(addressA, a),
          operand(addressB, b),
          operand(addressC, c),
          c.rows(),
          c.columns(),
          a.columns(),
          beta);
    } else {
      multiply(a, b, c, 1, beta);
    }
  }

  private static OneDnn.Operand operand(AddressPointer pointer, NativeMatrix matrix) {
    return new OneDnn.Operand(pointer.at(matrix.address()), matrix.stride(), matrix.isTransposed());
  }

  private static void requireShapes(NativeMatrix a, NativeMatrix b, NativeMatrix c) {
    if (a.rows() != c.rows() || a.columns() != b.rows() || b.columns() != c.columns()) {
      throw new IllegalArgumentException("matmul of " + a + " and " + b + " into " + c);
    }
  }
}
