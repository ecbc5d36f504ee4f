package org.yuqiao.backend.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.MaskedSoftmaxOp;
import org.yuqiao.backend.simd.RowSoftmax;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;

/**
 * {@link MaskedSoftmaxOp} and its gradient, a row at a time; rows are padded with what weighs
 * nothing.
 */
public final class MaskedSoftmaxKernel {
  private MaskedSoftmaxKernel() {}

  public static void forward(boolean causal, Tensor[] in, Tensor weights, Workspace workspace) {
    Tensor scores = in[0];
    Tensor mask = in[1];
    int heads = scores.dim(1);
    int targets = scores.dim(2);
    int width = scores.dim(3);
    float[] hidden = workspace.array(0, width);
    float[] row = workspace.array(1, SimdMath.padded(width));
    float[] sums = workspace.array(2, SimdMath.COUNT);
    int at = 0;
    for (int b = 0; b < scores.dim(0); b++) {
      mask.read(b * width, hidden, 0, width);
      for (int r = 0; r < heads * targets; r++, at += width) {
        scores.read(at, row, 0, width);
        int visible = causal ? Math.min(width, r % targets + 1) : width;
        for (int s = 0; s < visible; s++) {
          if (hidden[s] == 0) {
            row[s] = Float.NEGATIVE_INFINITY;
          }
        }
        Arrays.fill(row, visible, SimdMath.padded(width), Float.NEGATIVE_INFINITY);
        RowSoftmax.of(row, 1, SimdMath.padded(width), sums);
        weights.write(at, row, 0, width);
      }
    }
  }

  /** dscores = w (dw - sum of w dw). */
  public static void backward(Tensor[] in, Tensor result, Workspace workspace) {
    int width = in[0].width();
    int padded = SimdMath.padded(width);
    float[] weights = workspace.cleared(0, padded);
    float[] d = workspace.cleared(1, padded);
    for (int at = 0; at < in[0].size(); at += width) {
      in[0].read(at, weights, 0, width);
      in[1].read(at, d, 0, width);
      FloatVector products = SimdMath.all(0);
      for (int i = 0; i < padded; i += SimdMath.COUNT) {
        products = SimdMath.load(weights, i).fma(SimdMath.load(d, i), products);
      }
      float sum = SimdMath.sum(products);
      for (int i = 0; i < padded; i += SimdMath.COUNT) {
        SimdMath.load(d, i).sub(sum).mul(SimdMath.load(weights, i)).intoArray(d, i);
      }
      result.write(at, d, 0, width);
    }
  }
}
