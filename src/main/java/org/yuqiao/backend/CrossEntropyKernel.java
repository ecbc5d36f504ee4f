package org.yuqiao.backend;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * {@link CrossEntropyOp} and its gradient: one pass over the logits each way, no probabilities
 * stored.
 */
final class CrossEntropyKernel {
  private CrossEntropyKernel() {}

  static void forward(double smoothing, Tensor[] in, Tensor[] out, Scratch scratch) {
    Tensor logits = in[0];
    int width = logits.width();
    int padded = Lanes.padded(width);
    float[] row = scratch.array(0, padded);
    double loss = 0;
    double likelihood = 0;
    for (int r = 0; r < logits.rows(); r++) {
      if (in[2].get(r) == 0) {
        out[2].put(r, 0);
        continue;
      }
      logits.read(r * width, row, 0, width);
      float target = row[in[1].ints()[r]];
      double mean = smoothing == 0 ? 0 : sum(row, width) / width;
      Arrays.fill(row, width, padded, Float.NEGATIVE_INFINITY);
      double normaliser = logNormaliser(row, padded);
      out[2].put(r, (float) normaliser);
      likelihood += normaliser - target;
      loss += (1 - smoothing) * (normaliser - target) + smoothing * (normaliser - mean);
    }
    out[0].put(0, (float) loss);
    out[1].put(0, (float) likelihood);
  }

  private static double sum(float[] row, int width) {
    Arrays.fill(row, width, Lanes.padded(width), 0f);
    FloatVector sums = Lanes.all(0);
    for (int i = 0; i < width; i += Lanes.COUNT) {
      sums = sums.add(Lanes.load(row, i));
    }
    return Lanes.sum(sums);
  }

  /** The logarithm of the sum of e to each of the first {@code padded} elements. */
  static double logNormaliser(float[] row, int padded) {
    float max = Lanes.max(Lanes.greatest(row, padded));
    FloatVector sums = Lanes.all(0);
    for (int i = 0; i < padded; i += Lanes.COUNT) {
      sums = sums.add(Lanes.exp(Lanes.load(row, i).sub(max)));
    }
    return max + Math.log(Lanes.sum(sums));
  }

  static void backward(double smoothing, Tensor[] in, Tensor result, Scratch scratch) {
    Tensor logits = in[0];
    int width = logits.width();
    float[] row = scratch.cleared(0, width);
    float scale = in[4].get(0);
    float uniform = (float) (smoothing / width);
    for (int r = 0; r < logits.rows(); r++) {
      if (in[2].get(r) == 0) {
        Arrays.fill(row, 0, width, 0f);
      } else {
        logits.read(r * width, row, 0, width);
        float normaliser = in[3].get(r);
        for (int i = 0; i < width; i += Lanes.COUNT) {
          FloatVector p = Lanes.exp(Lanes.load(row, i).sub(normaliser));
          p.sub(uniform).mul(scale).intoArray(row, i);
        }
        row[in[1].ints()[r]] -= (float) (1 - smoothing) * scale;
      }
      result.write(r * width, row, 0, width);
    }
  }
}
