package org.yuqiao.backend.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.RDropOp;
import org.yuqiao.backend.simd.LogSoftmax;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;

/** {@link RDropOp} and its gradient, both copies of a row at a time. */
public final class RDropKernel {
  private RDropKernel() {}

  public static void forward(Tensor[] in, Tensor[] out, Workspace workspace) {
    Tensor logits = in[0];
    int width = logits.width();
    int padded = SimdMath.padded(width);
    float[] first = workspace.lease(padded);
    float[] second = workspace.lease(padded);
    int half = logits.rows() / 2;
    double sum = 0;
    for (int r = 0; r < half; r++) {
      if (in[1].get(r) == 0) {
        for (int row : new int[] {r, r + half}) {
          out[1].put(row, 0);
          out[2].put(row, 0);
        }
        continue;
      }
      float firstNormalizer = read(logits, r, first, padded);
      float secondNormalizer = read(logits, r + half, second, padded);
      double divergence = divergence(first, firstNormalizer, second, secondNormalizer, padded);
      double back = divergence(second, secondNormalizer, first, firstNormalizer, padded);
      out[1].put(r, firstNormalizer);
      out[1].put(r + half, secondNormalizer);
      out[2].put(r, (float) divergence);
      out[2].put(r + half, (float) back);
      sum += (divergence + back) / 2;
    }
    out[0].put(0, (float) sum);
  }

  /** Reads a row; returns its log-normalizer. */
  private static float read(Tensor logits, int row, float[] into, int padded) {
    int width = logits.width();
    logits.read(row * width, into, 0, width);
    Arrays.fill(into, width, padded, Float.NEGATIVE_INFINITY);
    float normalizer = (float) LogSoftmax.logSumExp(into, padded);
    // In both rows the same log-probability: nothing is added to the divergence.
    Arrays.fill(into, width, padded, normalizer - 100);
    return normalizer;
  }

  /** KL(p || q), p and q the softmax of two rows. */
  private static double divergence(
      float[] row, float normalizer, float[] other, float otherNormalizer, int padded) {
    FloatVector sums = SimdMath.broadcast(0);
    for (int i = 0; i < padded; i += SimdMath.LANES) {
      FloatVector logs = SimdMath.load(row, i).sub(normalizer);
      FloatVector difference = logs.sub(SimdMath.load(other, i).sub(otherNormalizer));
      sums = SimdMath.exp(logs).fma(difference, sums);
    }
    return SimdMath.sum(sums);
  }

  public static void backward(Tensor[] in, Tensor result, Workspace workspace) {
    Tensor logits = in[0];
    int width = logits.width();
    float[] first = workspace.leaseZeros(width);
    float[] second = workspace.leaseZeros(width);
    int half = logits.rows() / 2;
    float scale = in[4].get(0) / 2;
    for (int r = 0; r < half; r++) {
      if (in[1].get(r) == 0) {
        Arrays.fill(first, 0, width, 0f);
        Arrays.fill(second, 0, width, 0f);
      } else {
        logits.read(r * width, first, 0, width);
        logits.read((r + half) * width, second, 0, width);
        differentiate(first, second, in, r, half, scale, width);
      }
      result.write(r * width, first, 0, width);
      result.write((r + half) * width, second, 0, width);
    }
  }

  /** Replaces the logits of both copies of row {@code r} by their gradients. */
  private static void differentiate(
      float[] first, float[] second, Tensor[] in, int r, int half, float scale, int width) {
    float firstNormalizer = in[2].get(r);
    float secondNormalizer = in[2].get(r + half);
    float divergence = in[3].get(r);
    float back = in[3].get(r + half);
    for (int i = 0; i < width; i += SimdMath.LANES) {
      FloatVector logP = SimdMath.load(first, i).sub(firstNormalizer);
      FloatVector logQ = SimdMath.load(second, i).sub(secondNormalizer);
      FloatVector p = SimdMath.exp(logP);
      FloatVector q = SimdMath.exp(logQ);
      FloatVector difference = logP.sub(logQ);
      FloatVector change = p.sub(q);
      p.fma(difference.sub(divergence), change).mul(scale).intoArray(first, i);
      q.fma(difference.neg().sub(back), change.neg()).mul(scale).intoArray(second, i);
    }
  }
}
