package org.yuqiao.backend.kernel;

import jdk.incubator.vector.FloatVector;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;

/**
 * Scores and context of attention while decoding, where a sentence or hypothesis has one query or
 * few: too few for a BLAS call. A query's result is the same to the last bit whatever queries,
 * sentences and padding are beside it.
 */
public final class DecodingAttentionKernel {
  private DecodingAttentionKernel() {}

  private static boolean suits(int width, int heads) {
    return width / heads % SimdMath.LANES == 0;
  }

  /** Scores {@code [B, H, T, S]} of q {@code [B, T, D]} against k {@code [B, S, D]}. */
  public static void scores(
      int heads, double scale, Tensor[] in, Tensor scores, Workspace workspace) {
    Tensor q = in[0];
    Tensor k = in[1];
    int width = q.width();
    if (!suits(width, heads)) {
      AttentionKernel.scores(heads, scale, in, scores, workspace);
      return;
    }
    int headWidth = width / heads;
    int targets = q.dim(1);
    int sources = k.dim(1);
    float[] queries = workspace.lease(targets * width);
    float[] keys = workspace.lease(sources * width);
    float[] sums = workspace.lease(sources * SimdMath.LANES);
    float[] row = workspace.lease(heads * targets * sources);
    for (int b = 0; b < q.dim(0); b++) {
      q.read(b * targets * width, queries, 0, targets * width);
      k.read(b * sources * width, keys, 0, sources * width);
      for (int h = 0; h < heads; h++) {
        for (int t = 0; t < targets; t++) {
          dotProducts(
              queries,
              t * width + h * headWidth,
              keys,
              h * headWidth,
              headWidth,
              width,
              sources,
              sums);
          sumLanes(sums, sources, (float) scale, row, (h * targets + t) * sources);
        }
      }
      scores.write(b * heads * targets * sources, row, 0, heads * targets * sources);
    }
  }

  /** The dot product of a query with each key, still one sum a lane. */
  private static void dotProducts(
      float[] q,
      int query,
      float[] k,
      int key,
      int headWidth,
      int width,
      int sources,
      float[] sums) {
    FloatVector first = SimdMath.load(q, query);
    for (int s = 0, at = key; s < sources; s++, at += width) {
      first.mul(SimdMath.load(k, at)).intoArray(sums, s * SimdMath.LANES);
    }
    for (int i = SimdMath.LANES; i < headWidth; i += SimdMath.LANES) {
      FloatVector next = SimdMath.load(q, query + i);
      for (int s = 0, at = key + i; s < sources; s++, at += width) {
        next.fma(SimdMath.load(k, at), SimdMath.load(sums, s * SimdMath.LANES))
            .intoArray(sums, s * SimdMath.LANES);
      }
    }
  }

  /** The scaled score of each source position: the sum of its lanes in {@code sums}. */
  static void sumLanes(float[] sums, int sources, float scale, float[] row, int target) {
    for (int s = 0; s < sources; s++) {
      row[target + s] = scale * SimdMath.sum(sums, s * SimdMath.LANES);
    }
  }

  /** Context {@code [B, T, D]} of weights {@code [B, H, T, S]} and v {@code [B, S, D]}. */
  public static void context(Tensor[] in, Tensor context, Workspace workspace) {
    Tensor weights = in[0];
    Tensor v = in[1];
    int heads = weights.dim(1);
    int width = v.width();
    if (!suits(width, heads)) {
      AttentionKernel.context(in, context, workspace);
      return;
    }
    int headWidth = width / heads;
    int targets = weights.dim(2);
    int sources = v.dim(1);
    float[] weightRows = workspace.lease(heads * targets * sources);
    float[] values = workspace.lease(sources * width);
    float[] row = workspace.lease(targets * width);
    for (int b = 0; b < v.dim(0); b++) {
      weights.read(b * heads * targets * sources, weightRows, 0, heads * targets * sources);
      v.read(b * sources * width, values, 0, sources * width);
      for (int h = 0; h < heads; h++) {
        for (int t = 0; t < targets; t++) {
          for (int i = h * headWidth; i < (h + 1) * headWidth; i += SimdMath.LANES) {
            weightedSum(weightRows, (h * targets + t) * sources, values, i, width, sources)
                .intoArray(row, t * width + i);
          }
        }
      }
      context.write(b * targets * width, row, 0, targets * width);
    }
  }

  private static FloatVector weightedSum(
      float[] weightRows, int weightRow, float[] values, int from, int width, int sources) {
    FloatVector sum = SimdMath.broadcast(0);
    for (int s = 0, at = from; s < sources; s++, at += width) {
      sum = SimdMath.load(values, at).fma(SimdMath.broadcast(weightRows[weightRow + s]), sum);
    }
    return sum;
  }
}
