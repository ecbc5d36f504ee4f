package org.yuqiao.backend.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.MaskedSoftmaxOp;
import org.yuqiao.backend.simd.RowSoftmax;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;

/** {@link MaskedSoftmaxOp} and its gradient, row by row, padded with minus infinity. */
public final class MaskedSoftmaxKernel {
  private MaskedSoftmaxKernel() {}

  public static void forward(boolean causal, Tensor[] in, Tensor weights, Workspace workspace) {
    Tensor scores = in[0];
    Tensor mask = in[1];
    int heads = scores.dim(1);
    int targets = scores.dim(2);
    int width = scores.dim(3);
    float[] visible = workspace.lease(width);
    float[] row = workspace.lease(SimdMath.padded(width));
    float[] sums = workspace.lease(SimdMath.LANES);
    int at = 0;
    for (int b = 0; b < scores.dim(0); b++) {
      mask.read(b * width, visible, 0, width);
      for (int r = 0; r < heads * targets; r++, at += width) {
        scores.read(at, row, 0, width);
        int end = causal ? Math.min(width, r % targets + 1) : width;
        for (int s = 0; s < end; s++) {
          if (visible[s] == 0) {
            row[s] = Float.NEGATIVE_INFINITY;
          }
        }
        Arrays.fill(row, end, SimdMath.padded(width), Float.NEGATIVE_INFINITY);
        RowSoftmax.of(row, 1, SimdMath.padded(width), sums);
        weights.write(at, row, 0, width);
      }
    }
  }

  /** dscores = w (dw - sum of w dw). */
  public static void backward(Tensor[] in, Tensor result, Workspace workspace) {
    int width = in[0].width();
    int padded = SimdMath.padded(width);
    float[] weights = workspace.leaseZeros(padded);
    float[] d = workspace.leaseZeros(padded);
    for (int at = 0; at < in[0].size(); at += width) {
      in[0].read(at, weights, 0, width);
      in[1].read(at, d, 0, width);
      FloatVector products = SimdMath.broadcast(0);
      for (int i = 0; i < padded; i += SimdMath.LANES) {
        products = SimdMath.load(weights, i).fma(SimdMath.load(d, i), products);
      }
      float sum = SimdMath.sum(products);
      for (int i = 0; i < padded; i += SimdMath.LANES) {
        SimdMath.load(d, i).sub(sum).mul(SimdMath.load(weights, i)).intoArray(d, i);
      }
      result.write(at, d, 0, width);
    }
  }
}
