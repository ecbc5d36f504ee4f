package org.yuqiao.backend.kernel;

import java.util.Arrays;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.MaskedReluOp;
import org.yuqiao.backend.tensor.Tensor;

/** {@link MaskedReluOp} and its gradient, row by row. */
public final class MaskedReluKernel {
  private MaskedReluKernel() {}

  public static void forward(boolean causal, Tensor[] in, Tensor weights, Workspace workspace) {
    rectify(causal, in[0], in[0], in[1], weights, workspace);
  }

  public static void backward(boolean causal, Tensor[] in, Tensor result, Workspace workspace) {
    rectify(causal, in[0], in[2], in[1], result, workspace);
  }

  /** result = d / n at visible positions with x above 0, else 0; n visible positions. */
  private static void rectify(
      boolean causal, Tensor x, Tensor d, Tensor mask, Tensor result, Workspace workspace) {
    int queries = x.dim(2);
    int keys = x.width();
    float[] visible = workspace.lease(keys);
    float[] row = workspace.lease(keys);
    float[] values = workspace.lease(keys);
    int[] counts = new int[keys];
    int at = 0;
    for (int b = 0; b < x.dim(0); b++) {
      mask.read(b * keys, visible, 0, keys);
      count(visible, counts);
      for (int r = 0; r < x.dim(1) * queries; r++, at += keys) {
        x.read(at, row, 0, keys);
        d.read(at, values, 0, keys);
        int end = causal ? Math.min(keys, r % queries + 1) : keys;
        float scale = counts[end - 1] == 0 ? 0 : 1f / counts[end - 1];
        for (int s = 0; s < end; s++) {
          values[s] = row[s] > 0 && visible[s] != 0 ? values[s] * scale : 0;
        }
        Arrays.fill(values, end, keys, 0f);
        result.write(at, values, 0, keys);
      }
    }
  }

  /** counts[s] = the number of visible positions from 0 to s. */
  private static void count(float[] visible, int[] counts) {
    int sum = 0;
    for (int s = 0; s < counts.length; s++) {
      sum += visible[s] != 0 ? 1 : 0;
      counts[s] = sum;
    }
  }
}
