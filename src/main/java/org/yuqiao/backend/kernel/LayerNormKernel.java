package org.yuqiao.backend.kernel;

import jdk.incubator.vector.FloatVector;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.LayerNormOp;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;

/** {@link LayerNormOp} and its gradient, for any model width. */
public final class LayerNormKernel {
  private LayerNormKernel() {}

  public static void forward(Tensor[] in, Tensor y, Workspace workspace) {
    int width = in[0].width();
    // Several rows are read together where none ends within a vector.
    int rowsTogether = width % SimdMath.LANES == 0 ? Math.max(1, Workspace.TILE / width) : 1;
    float[] x = workspace.lease(rowsTogether * width);
    float[] gain = workspace.lease(width);
    float[] bias = workspace.lease(width);
    in[1].read(0, gain, 0, width);
    in[2].read(0, bias, 0, width);
    for (int first = 0; first < y.rows(); first += rowsTogether) {
      int size = Math.min(rowsTogether, y.rows() - first) * width;
      in[0].read(first * width, x, 0, size);
      for (int at = 0; at < size; at += width) {
        float inverse = center(x, at, width);
        for (int i = 0; i < width; i += SimdMath.LANES) {
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
   * Subtracts the mean of the row at {@code at} and returns 1 / deviation. The padding of its last
   * vector becomes 0.
   */
  private static float center(float[] x, int at, int width) {
    FloatVector sums = SimdMath.broadcast(0);
    clearTail(x, at, width);
    for (int i = at; i < at + width; i += SimdMath.LANES) {
      sums = sums.add(SimdMath.load(x, i));
    }
    float mean = SimdMath.sum(sums) / width;
    FloatVector squares = SimdMath.broadcast(0);
    int end = at + width - width % SimdMath.LANES;
    for (int i = at; i < end; i += SimdMath.LANES) {
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
    float[] n = workspace.leaseZeros(width);
    float[] dy = workspace.leaseZeros(width);
    float[] gain = workspace.leaseZeros(width);
    float[] dGain = workspace.leaseZeros(width);
    float[] dBias = workspace.leaseZeros(width);
    in[1].read(0, gain, 0, width);
    for (int at = 0; at < in[0].size(); at += width) {
      in[0].read(at, n, 0, width);
      in[2].read(at, dy, 0, width);
      float inverse = center(n, 0, width);
      FloatVector sum = SimdMath.broadcast(0);
      FloatVector inner = SimdMath.broadcast(0);
      for (int i = 0; i < width; i += SimdMath.LANES) {
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

  /** dx = (g - mean g - n mean(g n)) / deviation, with g in {@code d} on entry and dx on return. */
  private static void finishRow(
      float[] n, float[] d, int width, float inverse, float mean, float innerMean) {
    for (int i = 0; i < width; i += SimdMath.LANES) {
      FloatVector g = SimdMath.load(d, i).sub(mean);
      SimdMath.load(n, i).fma(SimdMath.broadcast(-innerMean), g).mul(inverse).intoArray(d, i);
    }
    clearTail(d, 0, width);
  }
}
