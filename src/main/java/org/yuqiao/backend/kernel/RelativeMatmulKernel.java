package org.yuqiao.backend.kernel;

import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.gemm.Workspace.Matrix;
import org.yuqiao.backend.op.RelativeContextOp;
import org.yuqiao.backend.op.RelativeScoresOp;
import org.yuqiao.backend.op.RelativeTableGradientOp;
import org.yuqiao.backend.tensor.Tensor;

/**
 * Heads as matrices in the products of {@link RelativeScoresOp}, {@link RelativeContextOp} and
 * {@link RelativeTableGradientOp}: the views of their references, and their kernels on the BLAS.
 * All sentences of a head are one product, for positions of a table know no sentence.
 */
public final class RelativeMatmulKernel {
  private RelativeMatmulKernel() {}

  private static Matrix head(Tensor x, int h, int heads, boolean transposed) {
    return new Matrix(x.address((long) h * (x.width() / heads)), x.width(), transposed);
  }

  private static Matrix table(Tensor table, int h, int width, int heads, boolean transposed) {
    long from = table.width() == width * heads ? (long) h * width : 0;
    return new Matrix(table.address(from), table.width(), transposed);
  }

  private static Matrix products(Tensor p, int h, boolean transposed) {
    return new Matrix(p.address((long) h * (p.size() / p.dim(0))), p.width(), transposed);
  }

  /** P_h = factor X_h table_h&#x1D40;. */
  public static void scores(double factor, Tensor[] in, Tensor result, Workspace workspace) {
    int heads = result.dim(0);
    int width = in[0].width() / heads;
    for (int h = 0; h < heads; h++) {
      workspace.multiply(
          head(in[0], h, heads, false),
          table(in[1], h, width, heads, true),
          products(result, h, false),
          in[0].rows(),
          result.width(),
          width,
          (float) factor,
          0);
    }
  }

  /** X_h = factor P_h table_h. */
  public static void context(double factor, Tensor[] in, Tensor result, Workspace workspace) {
    int heads = in[0].dim(0);
    int width = result.width() / heads;
    for (int h = 0; h < heads; h++) {
      workspace.multiply(
          products(in[0], h, false),
          table(in[1], h, width, heads, false),
          head(result, h, heads, false),
          result.rows(),
          width,
          in[0].width(),
          (float) factor,
          0);
    }
  }

  /** table_h = factor P_h&#x1D40; X_h, summed over the heads where they share it. */
  public static void tableGradient(double factor, Tensor[] in, Tensor result, Workspace workspace) {
    int heads = in[0].dim(0);
    int width = in[1].width() / heads;
    boolean shared = result.width() == width;
    for (int h = 0; h < heads; h++) {
      workspace.multiply(
          products(in[0], h, true),
          head(in[1], h, heads, false),
          table(result, h, width, heads, false),
          in[0].width(),
          width,
          in[1].rows(),
          (float) factor,
          shared && h > 0 ? 1 : 0);
    }
  }
}
