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
 * softmax(scale q K&#x1D40; + mask) V while translating, a query at a time: what {@link
 * DecodingAttentionKernel} and {@link MaskedSoftmaxKernel} make one after the other; to the last
 * bit where heads are whole vectors.
 */
public final class FusedAttentionKernel {
  private FusedAttentionKernel() {}

  /**
   * What heads look like in arrays: each padded with zeros to whole vectors.
   *
   * @param part columns of a head
   * @param padded columns of a head in an array
   */
  private record Layout(int heads, int part, int padded) {
    static Layout of(int heads, int width) {
      return new Layout(heads, width / heads, SimdMath.padded(width / heads));
    }

    int width() {
      return heads * padded;
    }

    /** The columns of a head that fill pairs of vectors. */
    int paired() {
      return padded - padded % (2 * SimdMath.COUNT);
    }

    /** Copies {@code count} rows of {@code x}, from row {@code first} on. */
    void read(Tensor x, int first, int count, float[] target) {
      int from = first * heads * part;
      if (part == padded) {
        x.read(from, target, 0, count * heads * part);
        return;
      }
      for (int i = 0; i < count * heads; i++) {
        x.read(from + i * part, target, i * padded, part);
        Arrays.fill(target, i * padded + part, (i + 1) * padded, 0f);
      }
    }

    void write(float[] source, Tensor y, int first, int count) {
      int to = first * heads * part;
      if (part == padded) {
        y.write(to, source, 0, count * heads * part);
        return;
      }
      for (int i = 0; i < count * heads; i++) {
        y.write(to + i * part, source, i * padded, part);
      }
    }
  }

  /**
   * Context {@code [B, T, D]}.
   *
   * @param in q {@code [B, T, D]}, k {@code [B, S, D]}, mask {@code [B, S]}, v {@code [B, S, D]}
   */
  public static void run(int heads, float scale, Tensor[] in, Tensor context, Workspace workspace) {
    Layout layout = Layout.of(heads, in[0].width());
    int targets = in[0].dim(1);
    int sources = in[1].dim(1);
    int width = layout.width();
    float[] queries = workspace.array(0, targets * width);
    float[] keys = workspace.array(1, sources * width);
    float[] values = workspace.array(2, sources * width);
    float[] mask = workspace.array(3, SimdMath.padded(sources));
    float[] sums = workspace.array(4, Math.max(sources, targets * heads) * SimdMath.COUNT);
    float[] weights = workspace.array(5, targets * heads * SimdMath.padded(sources));
    for (int b = 0; b < in[0].dim(0); b++) {
      in[2].read(b * sources, mask, 0, sources);
      int visible = visible(mask, sources);
      int row = SimdMath.padded(visible);
      layout.read(in[0], b * targets, targets, queries);
      layout.read(in[1], b * sources, visible, keys);
      layout.read(in[3], b * sources, visible, values);
      for (int at = 0, to = 0; at < targets * width; at += layout.padded(), to += row) {
        products(queries, at, keys, layout, visible, sums);
        DecodingAttentionKernel.addLanes(sums, visible, scale, weights, to);
      }
      Arrays.fill(mask, visible, row, 0f);
      hide(weights, targets * heads, mask, row);
      RowSoftmax.of(weights, targets * heads, row, sums);
      for (int at = 0, from = 0; at < targets * width; at += layout.padded(), from += row) {
        mix(weights, from, visible, values, layout, queries, at);
      }
      layout.write(queries, context, b * targets, targets);
    }
  }

  /** Behind so many positions all are hidden. */
  private static int visible(float[] mask, int sources) {
    int visible = sources;
    while (visible > 0 && mask[visible - 1] == 0) {
      visible--;
    }
    return visible;
  }

  /**
   * Hidden positions, and what fills the last vector of each row, get minus infinity.
   *
   * @param mask 0 for what is hidden, up to the end of the row's last vector
   */
  private static void hide(float[] scores, int rows, float[] mask, int row) {
    for (int s = 0; s < row; s += SimdMath.COUNT) {
      VectorMask<Float> hidden = SimdMath.load(mask, s).compare(VectorOperators.EQ, 0);
      if (hidden.anyTrue()) {
        for (int at = s; at < rows * row; at += row) {
          SimdMath.load(scores, at).blend(Float.NEGATIVE_INFINITY, hidden).intoArray(scores, at);
        }
      }
    }
  }

  /**
   * The products of a query's elements with those of each key, summed lane by lane; two vectors of
   * the query at a time, so that half as many sums go through memory.
   */
  private static void products(
      float[] q, int query, float[] k, Layout layout, int visible, float[] sums) {
    int width = layout.width();
    int paired = layout.paired();
    int key = query % width;
    Arrays.fill(sums, 0, visible * SimdMath.COUNT, 0f);
    for (int i = 0; i < paired; i += 2 * SimdMath.COUNT) {
      FloatVector first = SimdMath.load(q, query + i);
      FloatVector second = SimdMath.load(q, query + i + SimdMath.COUNT);
      for (int s = 0, at = key + i; s < visible; s++, at += width) {
        FloatVector sum = first.fma(SimdMath.load(k, at), SimdMath.load(sums, s * SimdMath.COUNT));
        second.fma(SimdMath.load(k, at + SimdMath.COUNT), sum).intoArray(sums, s * SimdMath.COUNT);
      }
    }
    if (paired < layout.padded()) {
      FloatVector last = SimdMath.load(q, query + paired);
      for (int s = 0, at = key + paired; s < visible; s++, at += width) {
        last.fma(SimdMath.load(k, at), SimdMath.load(sums, s * SimdMath.COUNT))
            .intoArray(sums, s * SimdMath.COUNT);
      }
    }
  }

  /**
   * The values of the head at {@code at}, each times its weight, added up; two vectors at a time.
   */
  private static void mix(
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
    for (int i = 0; i < paired; i += 2 * SimdMath.COUNT) {
      FloatVector a = SimdMath.all(0);
      FloatVector b = SimdMath.all(0);
      for (int s = 0, from = head + i; s < visible; s++, from += width) {
        FloatVector weight = SimdMath.all(weights[first + s]);
        a = SimdMath.load(values, from).fma(weight, a);
        b = SimdMath.load(values, from + SimdMath.COUNT).fma(weight, b);
      }
      a.intoArray(result, at + i);
      b.intoArray(result, at + i + SimdMath.COUNT);
    }
    if (paired < layout.padded()) {
      FloatVector sum = SimdMath.all(0);
      for (int s = 0, from = head + paired; s < visible; s++, from += width) {
        sum = SimdMath.load(values, from).fma(SimdMath.all(weights[first + s]), sum);
      }
      sum.intoArray(result, at + paired);
    }
  }
}
