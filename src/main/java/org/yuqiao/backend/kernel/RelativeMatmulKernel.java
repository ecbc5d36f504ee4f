package org.yuqiao.backend.kernel;

import org.yuqiao.backend.gemm.NativeMatrix;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.RelativeContextOp;
import org.yuqiao.backend.op.RelativeScoresOp;
import org.yuqiao.backend.op.RelativeTableGradientOp;
import org.yuqiao.backend.tensor.Tensor;

/**
 * {@link RelativeScoresOp}, {@link RelativeContextOp} and {@link RelativeTableGradientOp}: one GEMM
 * a head, over all sentences, for a table of relative positions is the same for each.
 */
public final class RelativeMatmulKernel {
  private RelativeMatmulKernel() {}

  /** Head h of x {@code [B, T, D]}: {@code [B T, d_k]}. */
  private static NativeMatrix head(Tensor x, int h, int heads) {
    int headWidth = x.width() / heads;
    return new NativeMatrix(x.address((long) h * headWidth), x.rows(), headWidth, x.width());
  }

  /** The columns of a table that head h reads: {@code [N, d_k]}. */
  private static NativeMatrix table(Tensor table, int h, int headWidth, int heads) {
    long from = table.width() == headWidth * heads ? (long) h * headWidth : 0;
    return new NativeMatrix(table.address(from), table.rows(), headWidth, table.width());
  }

  /** Head h of scores {@code [H, B, T, N]}: {@code [B T, N]}. */
  private static NativeMatrix scores(Tensor scores, int h) {
    int rows = scores.rows() / scores.dim(0);
    long start = (long) h * rows * scores.width();
    return new NativeMatrix(scores.address(start), rows, scores.width(), scores.width());
  }

  /** P_h = scale X_h table_h&#x1D40;. */
  public static void scores(double scale, Tensor[] in, Tensor result, Workspace workspace) {
    int heads = result.dim(0);
    int headWidth = in[0].width() / heads;
    for (int h = 0; h < heads; h++) {
      NativeMatrix table = table(in[1], h, headWidth, heads);
      workspace
          .gemm()
          .multiply(head(in[0], h, heads), table.transpose(), scores(result, h), (float) scale, 0);
    }
  }

  /** X_h = scale P_h table_h. */
  public static void context(double scale, Tensor[] in, Tensor result, Workspace workspace) {
    int heads = in[0].dim(0);
    int headWidth = result.width() / heads;
    for (int h = 0; h < heads; h++) {
      NativeMatrix table = table(in[1], h, headWidth, heads);
      workspace.gemm().multiply(scores(in[0], h), table, head(result, h, heads), (float) scale, 0);
    }
  }

  /** table_h = scale P_h&#x1D40; X_h, summed over the heads where they share it. */
  public static void tableGradient(double scale, Tensor[] in, Tensor result, Workspace workspace) {
    int heads = in[0].dim(0);
    int headWidth = in[1].width() / heads;
    boolean isShared = result.width() == headWidth;
    for (int h = 0; h < heads; h++) {
      workspace
          .gemm()
          .multiply(
              scores(in[0], h).transpose(),
              head(in[1], h, heads),
              table(result, h, headWidth, heads),
              (float) scale,
              isShared && h > 0 ? 1 : 0);
    }
  }
}
