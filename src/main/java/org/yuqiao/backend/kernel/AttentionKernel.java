package org.yuqiao.backend.kernel;

import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.gemm.Workspace.Matrix;
import org.yuqiao.backend.tensor.Tensor;

/**
 * The batched products of attention. Head h of sentence b is a matrix inside {@code [B, T, D]}: it
 * begins at element (b T) D + h d_k and its rows are D apart, so the BLAS works on it in place.
 */
public final class AttentionKernel {
  private AttentionKernel() {}

  /** The product of two operands for every sentence and head. */
  private interface Product {
    void of(int sentence, int head);
  }

  private static void each(int sentences, int heads, Product product) {
    for (int b = 0; b < sentences; b++) {
      for (int h = 0; h < heads; h++) {
        product.of(b, h);
      }
    }
  }

  private static Matrix head(Tensor x, int heads, int b, int h, boolean transposed) {
    long start = ((long) b * x.dim(1)) * x.width() + (long) h * (x.width() / heads);
    return new Matrix(x.address(start), x.width(), transposed);
  }

  private static Matrix square(Tensor scores, int b, int h, boolean transposed) {
    long start = ((long) b * scores.dim(1) + h) * scores.dim(2) * scores.dim(3);
    return new Matrix(scores.address(start), scores.dim(3), transposed);
  }

  public static void scores(
      int heads, double scale, Tensor[] in, Tensor scores, Workspace workspace) {
    Tensor q = in[0];
    Tensor k = in[1];
    each(
        q.dim(0),
        heads,
        (b, h) ->
            workspace.multiply(
                head(q, heads, b, h, false),
                head(k, heads, b, h, true),
                square(scores, b, h, false),
                q.dim(1),
                k.dim(1),
                q.width() / heads,
                (float) scale,
                0));
  }

  public static void scoresBackward(
      int heads, double factor, Tensor[] in, Tensor[] out, Workspace workspace) {
    Tensor q = in[0];
    Tensor k = in[1];
    Tensor d = in[2];
    int width = q.width() / heads;
    float scale = (float) factor;
    each(
        q.dim(0),
        heads,
        (b, h) -> {
          Matrix dq = head(out[0], heads, b, h, false);
          Matrix dk = head(out[1], heads, b, h, false);
          Matrix keys = head(k, heads, b, h, false);
          Matrix queries = head(q, heads, b, h, false);
          workspace.multiply(square(d, b, h, false), keys, dq, q.dim(1), width, k.dim(1), scale, 0);
          workspace.multiply(
              square(d, b, h, true), queries, dk, k.dim(1), width, q.dim(1), scale, 0);
        });
  }

  public static void context(Tensor[] in, Tensor context, Workspace workspace) {
    Tensor weights = in[0];
    Tensor v = in[1];
    int heads = weights.dim(1);
    each(
        v.dim(0),
        heads,
        (b, h) ->
            workspace.multiply(
                square(weights, b, h, false),
                head(v, heads, b, h, false),
                head(context, heads, b, h, false),
                weights.dim(2),
                v.width() / heads,
                v.dim(1),
                1,
                0));
  }

  public static void contextBackward(Tensor[] in, Tensor[] out, Workspace workspace) {
    Tensor v = in[1];
    Tensor d = in[2];
    int heads = in[0].dim(1);
    each(
        v.dim(0),
        heads,
        (b, h) -> {
          Matrix dWeights = square(out[0], b, h, false);
          Matrix dContext = head(d, heads, b, h, false);
          Matrix values = head(v, heads, b, h, true);
          int width = v.width() / heads;
          workspace.multiply(dContext, values, dWeights, d.dim(1), v.dim(1), width, 1, 0);
        });
    valuesBackward(in, out[1], workspace);
  }

  /** dv = weights' dcontext, with in = (weights, v, dcontext). */
  public static void valuesBackward(Tensor[] in, Tensor dv, Workspace workspace) {
    Tensor weights = in[0];
    Tensor d = in[2];
    int heads = weights.dim(1);
    each(
        d.dim(0),
        heads,
        (b, h) ->
            workspace.multiply(
                square(weights, b, h, true),
                head(d, heads, b, h, false),
                head(dv, heads, b, h, false),
                dv.dim(1),
                dv.width() / heads,
                weights.dim(2),
                1,
                0));
  }
}
