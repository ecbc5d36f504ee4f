package org.yuqiao.backend.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.simd.RowSoftmax;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;

/**
 * Attention in one step while decoding: softmax(scale q K&#x1D40; + mask) V, a query at a time.
 *
 * <p>Where heads are whole vectors, the result is to the last bit that of {@link
 * DecodingAttentionKernel} and {@link MaskedSoftmaxKernel} one after the other.
 */
public final class FusedAttentionKernel {
  private FusedAttentionKernel() {}

  /**
   * The layout of heads in buffers: each padded with zeros to whole vectors.
   *
   * @param headWidth d_k
   * @param padded columns of a head in a buffer
   */
  private record Layout(int heads, int headWidth, int padded) {
    static Layout of(int heads, int width) {
      return new Layout(heads, width / heads, SimdMath.padded(width / heads));
    }

    int width() {
      return heads * padded;
    }

    /** The columns of a head in pairs of vectors. */
    int paired() {
      return padded - padded % (2 * SimdMath.LANES);
    }

    /** Copies {@code count} rows of {@code x}, from row {@code first} on. */
    void read(Tensor x, int first, int count, float[] target) {
      int from = first * heads * headWidth;
      if (headWidth == padded) {
        x.read(from, target, 0, count * heads * headWidth);
        return;
      }
      for (int i = 0; i < count * heads; i++) {
        x.read(from + i * headWidth, target, i * padded, headWidth);
        Arrays.fill(target, i * padded + headWidth, (i + 1) * padded, 0f);
      }
    }

    void write(float[] source, Tensor y, int first, int count) {
      int to = first * heads * headWidth;
      if (headWidth == padded) {
        y.write(to, source, 0, count * heads * headWidth);
        return;
      }
      for (int i = 0; i < count * heads; i++) {
        y.write(to + i * headWidth, source, i * padded, headWidth);
      }
    }
  }

  /**
   * Computes the context {@code [B, T, D]}.
   *
   * @param in q {@code [B, T, D]}, k {@code [B, S, D]}, mask {@code [B, S]}, v {@code [B, S, D]}
   */
  public static void run(int heads, float scale, Tensor[] in, Tensor context, Workspace workspace) {
    Layout layout = Layout.of(heads, in[0].width());
    int targets = in[0].dim(1);
    int sources = in[1].dim(1);
    int width = layout.width();
    float[] queries = workspace.lease(targets * width);
    float[] keys = workspace.lease(sources * width);
    float[] values = workspace.lease(sources * width);
    float[] mask = workspace.lease(SimdMath.padded(sources));
    float[] sums = workspace.lease(Math.max(sources, targets * heads) * SimdMath.LANES);
    float[] weights = workspace.lease(targets * heads * SimdMath.padded(sources));
    for (int b = 0; b < in[0].dim(0); b++) {
      in[2].read(b * sources, mask, 0, sources);
      int visible = visible(mask, sources);
      int row = SimdMath.padded(visible);
      layout.read(in[0], b * targets, targets, queries);
      layout.read(in[1], b * sources, visible, keys);
      layout.read(in[3], b * sources, visible, values);
      for (int at = 0, to = 0; at < targets * width; at += layout.padded(), to += row) {
        dotProducts(queries, at, keys, layout, visible, sums);
        DecodingAttentionKernel.sumLanes(sums, visible, scale, weights, to);
      }
      Arrays.fill(mask, visible, row, 0f);
      hide(weights, targets * heads, mask, row);
      RowSoftmax.of(weights, targets * heads, row, sums);
      for (int at = 0, from = 0; at < targets * width; at += layout.padded(), from += row) {
        weightedSum(weights, from, visible, values, layout, queries, at);
      }
      layout.write(queries, context, b * targets, targets);
    }
  }

  /** The number of positions up to the last one that is visible. */
  private static int visible(float[] mask, int sources) {
    int visible = sources;
    while (visible > 0 && mask[visible - 1] == 0) {
      visible--;
    }
    return visible;
  }

  /**
   * Sets masked positions, and the padding of each row's last vector, to minus infinity.
   *
   * @param mask 0 where masked, up to the end of the row's last vector
   */
  private static void hide(float[] scores, int rows, float[] mask, int row) {
    for (int s = 0; s < row; s += SimdMath.LANES) {
      VectorMask<Float> hidden = SimdMath.load(mask, s).compare(VectorOperators.EQ, 0);
      if (hidden.anyTrue()) {
        for (int at = s; at < rows * row; at += row) {
          SimdMath.load(scores, at).blend(Float.NEGATIVE_INFINITY, hidden).intoArray(scores, at);
        }
      }
    }
  }

  /**
   * The dot product of a query with each key, still one sum a lane; two vectors of the query at a
   * time, so that half as many sums go through memory.
   */
  private static void dotProducts(
      float[] q, int query, float[] k, Layout layout, int visible, float[] sums) {
    int width = layout.width();
    int paired = layout.paired();
    int key = query % width;
    Arrays.fill(sums, 0, visible * SimdMath.LANES, 0f);
    for (int i = 0; i < paired; i += 2 * SimdMath.LANES) {
      FloatVector first = SimdMath.load(q, query + i);
      FloatVector second = SimdMath.load(q, query + i + SimdMath.LANES);
      for (int s = 0, at = key + i; s < visible; s++, at += width) {
        FloatVector sum = first.fma(SimdMath.load(k, at), SimdMath.load(sums, s * SimdMath.LANES));
        second.fma(SimdMath.load(k, at + SimdMath.LANES), sum).intoArray(sums, s * SimdMath.LANES);
      }
    }
    if (paired < layout.padded()) {
      FloatVector last = SimdMath.load(q, query + paired);
      for (int s = 0, at = key + paired; s < visible; s++, at += width) {
        last.fma(SimdMath.load(k, at), SimdMath.load(sums, s * SimdMath.LANES))
            .intoArray(sums, s * SimdMath.LANES);
      }
    }
  }

  /** The weighted sum of the values of the head at {@code at}, two vectors at a time. */
  private static void weightedSum(
      float[] weights,
      int first,
      int visible,
      float[] values,
      Layout layout,
      float[] result,
      int at) {
    int width = layout.width();
    int paired = layout.paired();
    int head = at % width;
    for (int i = 0; i < paired; i += 2 * SimdMath.LANES) {
      FloatVector a = SimdMath.broadcast(0);
      FloatVector b = SimdMath.broadcast(0);
      for (int s = 0, from = head + i; s < visible; s++, from += width) {
        FloatVector weight = SimdMath.broadcast(weights[first + s]);
        a = SimdMath.load(values, from).fma(weight, a);
        b = SimdMath.load(values, from + SimdMath.LANES).fma(weight, b);
      }
      a.intoArray(result, at + i);
      b.intoArray(result, at + i + SimdMath.LANES);
    }
    if (paired < layout.padded()) {
      FloatVector sum = SimdMath.broadcast(0);
      for (int s = 0, from = head + paired; s < visible; s++, from += width) {
        sum = SimdMath.load(values, from).fma(SimdMath.broadcast(weights[first + s]), sum);
      }
      sum.intoArray(result, at + paired);
    }
  }
}
