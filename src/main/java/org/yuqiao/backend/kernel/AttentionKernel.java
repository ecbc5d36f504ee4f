package org.yuqiao.backend.kernel;

import org.yuqiao.backend.gemm.NativeMatrix;
import org.yuqiao.backend.gemm.Sgemm;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.AttentionContextOp;
import org.yuqiao.backend.op.AttentionScoresOp;
import org.yuqiao.backend.tensor.Tensor;

/**
 * {@link AttentionScoresOp}, {@link AttentionContextOp} and their gradients: one GEMM a head.
 *
 * <p>Head h of sentence b is a matrix inside {@code [B, T, D]}: it begins at element (b T) D + h
 * d_k and its rows are D apart, so the BLAS reads it in place.
 */
public final class AttentionKernel {
  private AttentionKernel() {}

  /** A matmul of one sentence and head. */
  private interface HeadMatmul {
    void run(int sentence, int head);
  }

  private static void forEachHead(int sentences, int heads, HeadMatmul matmul) {
    for (int b = 0; b < sentences; b++) {
      for (int h = 0; h < heads; h++) {
        matmul.run(b, h);
      }
    }
  }

  /** Head h of sentence b of x {@code [B, T, D]}: {@code [T, d_k]}. */
  private static NativeMatrix head(Tensor x, int heads, int b, int h) {
    int headWidth = x.width() / heads;
    long start = (long) b * x.dim(1) * x.width() + (long) h * headWidth;
    return new NativeMatrix(x.address(start), x.dim(1), headWidth, x.width());
  }

  /** Head h of sentence b of scores or weights {@code [B, H, T, S]}: {@code [T, S]}. */
  private static NativeMatrix pairs(Tensor scores, int b, int h) {
    long start = ((long) b * scores.dim(1) + h) * scores.dim(2) * scores.dim(3);
    return new NativeMatrix(scores.address(start), scores.dim(2), scores.dim(3), scores.dim(3));
  }

  public static void scores(
      int heads, double scale, Tensor[] in, Tensor scores, Workspace workspace) {
    Sgemm gemm = workspace.gemm();
    Tensor q = in[0];
    Tensor k = in[1];
    forEachHead(
        q.dim(0),
        heads,
        (b, h) ->
            gemm.multiply(
                head(q, heads, b, h),
                head(k, heads, b, h).transpose(),
                pairs(scores, b, h),
                (float) scale,
                0));
  }

  public static void scoresBackward(
      int heads, double scale, Tensor[] in, Tensor[] out, Workspace workspace) {
    Sgemm gemm = workspace.gemm();
    Tensor q = in[0];
    Tensor k = in[1];
    Tensor d = in[2];
    float alpha = (float) scale;
    forEachHead(
        q.dim(0),
        heads,
        (b, h) -> {
          NativeMatrix dScores = pairs(d, b, h);
          NativeMatrix dq = head(out[0], heads, b, h);
          NativeMatrix dk = head(out[1], heads, b, h);
          gemm.multiply(dScores, head(k, heads, b, h), dq, alpha, 0);
          gemm.multiply(dScores.transpose(), head(q, heads, b, h), dk, alpha, 0);
        });
  }

  public static void context(Tensor[] in, Tensor context, Workspace workspace) {
    Sgemm gemm = workspace.gemm();
    Tensor weights = in[0];
    Tensor v = in[1];
    int heads = weights.dim(1);
    forEachHead(
        v.dim(0),
        heads,
        (b, h) ->
            gemm.multiply(
                pairs(weights, b, h), head(v, heads, b, h), head(context, heads, b, h), 1, 0));
  }

  public static void contextBackward(Tensor[] in, Tensor[] out, Workspace workspace) {
    Sgemm gemm = workspace.gemm();
    Tensor v = in[1];
    Tensor d = in[2];
    int heads = in[0].dim(1);
    forEachHead(
        v.dim(0),
        heads,
        (b, h) ->
            gemm.multiply(
                head(d, heads, b, h), head(v, heads, b, h).transpose(), pairs(out[0], b, h), 1, 0));
    valuesBackward(in, out[1], workspace);
  }

  /** dv = weights' dcontext, with in = (weights, v, dcontext). */
  public static void valuesBackward(Tensor[] in, Tensor dv, Workspace workspace) {
    Sgemm gemm = workspace.gemm();
    Tensor weights = in[0];
    Tensor d = in[2];
    int heads = weights.dim(1);
    forEachHead(
        d.dim(0),
        heads,
        (b, h) ->
            gemm.multiply(
                pairs(weights, b, h).transpose(),
                head(d, heads, b, h),
                head(dv, heads, b, h),
                1,
                0));
  }
}
