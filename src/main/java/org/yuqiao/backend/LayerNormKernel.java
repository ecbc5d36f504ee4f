package org.yuqiao.backend;

import jdk.incubator.vector.FloatVector;

/** {@link LayerNormOp} and its gradient, a row at a time; the model width is any number. */
final class LayerNormKernel {
  private LayerNormKernel() {}

  static void forward(Tensor[] in, Tensor y, Scratch scratch) {
    int width = in[0].width();
    float[] x = scratch.array(0, width);
    float[] gain = scratch.array(1, width);
    float[] bias = scratch.array(2, width);
    in[1].read(0, gain, 0, width);
    in[2].read(0, bias, 0, width);
    for (int at = 0; at < y.size(); at += width) {
      in[0].read(at, x, 0, width);
      normalise(x, width);
      for (int i = 0; i < width; i += Lanes.COUNT) {
        Lanes.load(x, i).fma(Lanes.load(gain, i), Lanes.load(bias, i)).intoArray(x, i);
      }
      y.write(at, x, 0, width);
    }
  }

  /**
   * Makes {@code x} its normalised self and gives 1 / deviation. The elements behind {@code width}
   * become 0.
   */
  private static float normalise(float[] x, int width) {
    FloatVector sums = Lanes.all(0);
    clearTail(x, width);
    for (int i = 0; i < width; i += Lanes.COUNT) {
      sums = sums.add(Lanes.load(x, i));
    }
    float mean = Lanes.sum(sums) / width;
    for (int i = 0; i < width; i += Lanes.COUNT) {
      Lanes.load(x, i).sub(mean).intoArray(x, i);
    }
    clearTail(x, width);
    FloatVector squares = Lanes.all(0);
    for (int i = 0; i < width; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(x, i);
      squares = v.fma(v, squares);
    }
    float inverse = (float) (1 / Math.sqrt(Lanes.sum(squares) / width + LayerNormOp.EPSILON));
    for (int i = 0; i < width; i += Lanes.COUNT) {
      Lanes.load(x, i).mul(inverse).intoArray(x, i);
    }
    return inverse;
  }

  private static void clearTail(float[] x, int width) {
    for (int i = width; i < Lanes.padded(width); i++) {
      x[i] = 0;
    }
  }

  /** The gradients; dx is added to what its tensor holds if {@code adding}. */
  static void backward(boolean adding, Tensor[] in, Tensor[] out, Scratch scratch) {
    int width = in[0].width();
    float[] before = scratch.cleared(5, width);
    float[] n = scratch.cleared(0, width);
    float[] dy = scratch.cleared(1, width);
    float[] gain = scratch.cleared(2, width);
    float[] dGain = scratch.cleared(3, width);
    float[] dBias = scratch.cleared(4, width);
    in[1].read(0, gain, 0, width);
    for (int at = 0; at < in[0].size(); at += width) {
      in[0].read(at, n, 0, width);
      in[2].read(at, dy, 0, width);
      float inverse = normalise(n, width);
      FloatVector sum = Lanes.all(0);
      FloatVector inner = Lanes.all(0);
      for (int i = 0; i < width; i += Lanes.COUNT) {
        FloatVector d = Lanes.load(dy, i);
        FloatVector x = Lanes.load(n, i);
        d.fma(x, Lanes.load(dGain, i)).intoArray(dGain, i);
        d.add(Lanes.load(dBias, i)).intoArray(dBias, i);
        FloatVector g = d.mul(Lanes.load(gain, i));
        g.intoArray(dy, i);
        sum = sum.add(g);
        inner = g.fma(x, inner);
      }
      finishRow(n, dy, width, inverse, Lanes.sum(sum) / width, Lanes.sum(inner) / width);
      if (adding) {
        out[0].read(at, before, 0, width);
        for (int i = 0; i < width; i += Lanes.COUNT) {
          Lanes.load(dy, i).add(Lanes.load(before, i)).intoArray(dy, i);
        }
      }
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
    for (int i = 0; i < width; i += Lanes.COUNT) {
      FloatVector g = Lanes.load(d, i).sub(mean);
      Lanes.load(n, i).fma(Lanes.all(-innerMean), g).mul(inverse).intoArray(d, i);
    }
    clearTail(d, width);
  }
}
