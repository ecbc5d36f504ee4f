package org.yuqiao.backend;

import jdk.incubator.vector.FloatVector;

/** {@link LayerNormOp} and its gradient; the model width is any number. */
final class LayerNormKernel {
  private LayerNormKernel() {}

  static void forward(Tensor[] in, Tensor y, Scratch scratch) {
    int width = in[0].width();
    // Rows lie side by side where none ends within a vector.
    int together = width % Lanes.COUNT == 0 ? Math.max(1, Scratch.TILE / width) : 1;
    float[] x = scratch.array(0, together * width);
    float[] gain = scratch.array(1, width);
    float[] bias = scratch.array(2, width);
    in[1].read(0, gain, 0, width);
    in[2].read(0, bias, 0, width);
    for (int first = 0; first < y.rows(); first += together) {
      int size = Math.min(together, y.rows() - first) * width;
      in[0].read(first * width, x, 0, size);
      for (int at = 0; at < size; at += width) {
        float inverse = centre(x, at, width);
        for (int i = 0; i < width; i += Lanes.COUNT) {
          Lanes.load(x, at + i)
              .mul(inverse)
              .fma(Lanes.load(gain, i), Lanes.load(bias, i))
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
  private static float centre(float[] x, int at, int width) {
    FloatVector sums = Lanes.all(0);
    clearTail(x, at, width);
    for (int i = at; i < at + width; i += Lanes.COUNT) {
      sums = sums.add(Lanes.load(x, i));
    }
    float mean = Lanes.sum(sums) / width;
    FloatVector squares = Lanes.all(0);
    int end = at + width - width % Lanes.COUNT;
    for (int i = at; i < end; i += Lanes.COUNT) {
      FloatVector v = Lanes.load(x, i).sub(mean);
      v.intoArray(x, i);
      squares = v.fma(v, squares);
    }
    if (end < at + width) {
      Lanes.load(x, end).sub(mean).intoArray(x, end);
      clearTail(x, at, width);
      FloatVector last = Lanes.load(x, end);
      squares = last.fma(last, squares);
    }
    return (float) (1 / Math.sqrt(Lanes.sum(squares) / width + LayerNormOp.EPSILON));
  }

  private static void clearTail(float[] x, int at, int width) {
    for (int i = width; i < Lanes.padded(width); i++) {
      x[at + i] = 0;
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
      float inverse = centre(n, 0, width);
      FloatVector sum = Lanes.all(0);
      FloatVector inner = Lanes.all(0);
      for (int i = 0; i < width; i += Lanes.COUNT) {
        FloatVector d = Lanes.load(dy, i);
        FloatVector x = Lanes.load(n, i).mul(inverse);
        x.intoArray(n, i);
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
    clearTail(d, 0, width);
  }
}
