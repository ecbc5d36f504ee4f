package org.yuqiao.backend.kernel;

import jdk.incubator.vector.FloatVector;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;

/**
 * The products of attention while translating, where a sentence or hypothesis has one query or a
 * few: too little for a call of the BLAS. What a query gets does not depend, to the last bit, on
 * the queries, sentences and padding beside it.
 */
public final class DecodingAttentionKernel {
  private DecodingAttentionKernel() {}

  private static boolean suits(int width, int heads) {
    return width / heads % SimdMath.COUNT == 0;
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
    int part = width / heads;
    int targets = q.dim(1);
    int sources = k.dim(1);
    float[] queries = workspace.array(0, targets * width);
    float[] keys = workspace.array(1, sources * width);
    float[] sums = workspace.array(2, sources * SimdMath.COUNT);
    float[] row = workspace.array(3, heads * targets * sources);
    for (int b = 0; b < q.dim(0); b++) {
      q.read(b * targets * width, queries, 0, targets * width);
      k.read(b * sources * width, keys, 0, sources * width);
      for (int h = 0; h < heads; h++) {
        for (int t = 0; t < targets; t++) {
          multiply(queries, t * width + h * part, keys, h * part, part, width, sources, sums);
          addLanes(sums, sources, (float) scale, row, (h * targets + t) * sources);
        }
      }
      scores.write(b * heads * targets * sources, row, 0, heads * targets * sources);
    }
  }

  /** The products of a query's elements with those of each key, summed lane by lane. */
  private static void multiply(
      float[] q, int query, float[] k, int key, int part, int width, int sources, float[] sums) {
    FloatVector first = SimdMath.load(q, query);
    for (int s = 0, at = key; s < sources; s++, at += width) {
      first.mul(SimdMath.load(k, at)).intoArray(sums, s * SimdMath.COUNT);
    }
    for (int i = SimdMath.COUNT; i < part; i += SimdMath.COUNT) {
      FloatVector next = SimdMath.load(q, query + i);
      for (int s = 0, at = key + i; s < sources; s++, at += width) {
        next.fma(SimdMath.load(k, at), SimdMath.load(sums, s * SimdMath.COUNT))
            .intoArray(sums, s * SimdMath.COUNT);
      }
    }
  }

  /** A score for each source: the sum of its lanes in {@code sums}, in a fixed order, scaled. */
  static void addLanes(float[] sums, int sources, float scale, float[] row, int target) {
    for (int s = 0; s < sources; s++) {
      row[target + s] = scale * SimdMath.sum(sums, s * SimdMath.COUNT);
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
    int part = width / heads;
    int targets = weights.dim(2);
    int sources = v.dim(1);
    float[] shares = workspace.array(0, heads * targets * sources);
    float[] values = workspace.array(1, sources * width);
    float[] row = workspace.array(2, targets * width);
    for (int b = 0; b < v.dim(0); b++) {
      weights.read(b * heads * targets * sources, shares, 0, heads * targets * sources);
      v.read(b * sources * width, values, 0, sources * width);
      for (int h = 0; h < heads; h++) {
        for (int t = 0; t < targets; t++) {
          for (int i = h * part; i < (h + 1) * part; i += SimdMath.COUNT) {
            mix(shares, (h * targets + t) * sources, values, i, width, sources)
                .intoArray(row, t * width + i);
          }
        }
      }
      context.write(b * targets * width, row, 0, targets * width);
    }
  }

  private static FloatVector mix(
      float[] shares, int share, float[] values, int from, int width, int sources) {
    FloatVector sum = SimdMath.all(0);
    for (int s = 0, at = from; s < sources; s++, at += width) {
      sum = SimdMath.load(values, at).fma(SimdMath.all(shares[share + s]), sum);
    }
    return sum;
  }
}
