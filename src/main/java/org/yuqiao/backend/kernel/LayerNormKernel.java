package org.yuqiao.backend.kernel;

import jdk.incubator.vector.FloatVector;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.LayerNormOp;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;

/** {@link LayerNormOp} and its gradient; the model width is any number. */
public final class LayerNormKernel {
  private LayerNormKernel() {}

  public static void forward(Tensor[] in, Tensor y, Workspace workspace) {
    int width = in[0].width();
    // Rows lie side by side where none ends within a vector.
    int together = width % SimdMath.COUNT == 0 ? Math.max(1, Workspace.TILE / width) : 1;
    float[] x = workspace.array(0, together * width);
    float[] gain = workspace.array(1, width);
    float[] bias = workspace.array(2, width);
    in[1].read(0, gain, 0, width);
    in[2].read(0, bias, 0, width);
    for (int first = 0; first < y.rows(); first += together) {
      int size = Math.min(together, y.rows() - first) * width;
      in[0].read(first * width, x, 0, size);
      for (int at = 0; at < size; at += width) {
        float inverse = center(x, at, width);
        for (int i = 0; i < width; i += SimdMath.COUNT) {
          SimdMath.load(x, at + i)
              .mul(inverse)
              .fma(SimdMath.load(gain, i), SimdMath.load(bias, i))
              .intoArray(x, at + i);
        }
      }
      y.write(first * width, x, 0, size);
    }
  }

  /**
   * Takes the mean of the row at {@code at} from it and gives 1 / deviation. The elements of its
   * last vector that are behind {@code width} become 0.
   */
  private static float center(float[] x, int at, int width) {
    FloatVector sums = SimdMath.all(0);
    clearTail(x, at, width);
    for (int i = at; i < at + width; i += SimdMath.COUNT) {
      sums = sums.add(SimdMath.load(x, i));
    }
    float mean = SimdMath.sum(sums) / width;
    FloatVector squares = SimdMath.all(0);
    int end = at + width - width % SimdMath.COUNT;
    for (int i = at; i < end; i += SimdMath.COUNT) {
      FloatVector v = SimdMath.load(x, i).sub(mean);
      v.intoArray(x, i);
      squares = v.fma(v, squares);
    }
    if (end < at + width) {
      SimdMath.load(x, end).sub(mean).intoArray(x, end);
      clearTail(x, at, width);
      FloatVector last = SimdMath.load(x, end);
      squares = last.fma(last, squares);
    }
    return (float) (1 / Math.sqrt(SimdMath.sum(squares) / width + LayerNormOp.EPSILON));
  }

  private static void clearTail(float[] x, int at, int width) {
    for (int i = width; i < SimdMath.padded(width); i++) {
      x[at + i] = 0;
    }
  }

  /** The gradients dx, d gain and d bias. */
  public static void backward(Tensor[] in, Tensor[] out, Workspace workspace) {
    int width = in[0].width();
    float[] n = workspace.cleared(0, width);
    float[] dy = workspace.cleared(1, width);
    float[] gain = workspace.cleared(2, width);
    float[] dGain = workspace.cleared(3, width);
    float[] dBias = workspace.cleared(4, width);
    in[1].read(0, gain, 0, width);
    for (int at = 0; at < in[0].size(); at += width) {
      in[0].read(at, n, 0, width);
      in[2].read(at, dy, 0, width);
      float inverse = center(n, 0, width);
      FloatVector sum = SimdMath.all(0);
      FloatVector inner = SimdMath.all(0);
      for (int i = 0; i < width; i += SimdMath.COUNT) {
        FloatVector d = SimdMath.load(dy, i);
        FloatVector x = SimdMath.load(n, i).mul(inverse);
        x.intoArray(n, i);
        d.fma(x, SimdMath.load(dGain, i)).intoArray(dGain, i);
        d.add(SimdMath.load(dBias, i)).intoArray(dBias, i);
        FloatVector g = d.mul(SimdMath.load(gain, i));
        g.intoArray(dy, i);
        sum = sum.add(g);
        inner = g.fma(x, inner);
      }
      finishRow(n, dy, width, inverse, SimdMath.sum(sum) / width, SimdMath.sum(inner) / width);
      out[0].write(at, dy, 0, width);
    }
    out[1].write(0, dGain, 0, width);
    out[2].write(0, dBias, 0, width);
  }

  /**
   * dx = (g - mean g - n mean(g n)) / deviation, with g in {@code d} on entry and dx in it on
   * return.
   */
  private static void finishRow(
      float[] n, float[] d, int width, float inverse, float mean, float innerMean) {
    for (int i = 0; i < width; i += SimdMath.COUNT) {
      FloatVector g = SimdMath.load(d, i).sub(mean);
      SimdMath.load(n, i).fma(SimdMath.all(-innerMean), g).mul(inverse).intoArray(d, i);
    }
    clearTail(d, 0, width);
  }
}
