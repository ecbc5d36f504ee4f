package org.yuqiao.backend.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.CrossEntropyOp;
import org.yuqiao.backend.simd.LogSoftmax;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;

/** {@link CrossEntropyOp} and its gradient, row by row; probabilities are not stored. */
public final class CrossEntropyKernel {
  private CrossEntropyKernel() {}

  public static void forward(double smoothing, Tensor[] in, Tensor[] out, Workspace workspace) {
    Tensor logits = in[0];
    int width = logits.width();
    int padded = SimdMath.padded(width);
    float[] row = workspace.lease(padded);
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
      double normalizer = LogSoftmax.logSumExp(row, padded);
      out[2].put(r, (float) normalizer);
      likelihood += normalizer - target;
      loss += (1 - smoothing) * (normalizer - target) + smoothing * (normalizer - mean);
    }
    out[0].put(0, (float) loss);
    out[1].put(0, (float) likelihood);
  }

  private static double sum(float[] row, int width) {
    Arrays.fill(row, width, SimdMath.padded(width), 0f);
    FloatVector sums = SimdMath.broadcast(0);
    for (int i = 0; i < width; i += SimdMath.LANES) {
      sums = sums.add(SimdMath.load(row, i));
    }
    return SimdMath.sum(sums);
  }

  public static void backward(double smoothing, Tensor[] in, Tensor result, Workspace workspace) {
    Tensor logits = in[0];
    int width = logits.width();
    float[] row = workspace.leaseZeros(width);
    float scale = in[4].get(0);
    float uniform = (float) (smoothing / width);
    for (int r = 0; r < logits.rows(); r++) {
      if (in[2].get(r) == 0) {
        Arrays.fill(row, 0, width, 0f);
      } else {
        logits.read(r * width, row, 0, width);
        float normalizer = in[3].get(r);
        for (int i = 0; i < width; i += SimdMath.LANES) {
          FloatVector p = SimdMath.exp(SimdMath.load(row, i).sub(normalizer));
          p.sub(uniform).mul(scale).intoArray(row, i);
        }
        row[in[1].ints()[r]] -= (float) (1 - smoothing) * scale;
      }
      result.write(r * width, row, 0, width);
    }
  }
}
