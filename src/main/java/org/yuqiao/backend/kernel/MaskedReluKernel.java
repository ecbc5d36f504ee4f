package org.yuqiao.backend.kernel;

import java.util.Arrays;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.MaskedReluOp;
import org.yuqiao.backend.tensor.Tensor;

/** {@link MaskedReluOp} and its gradient, a row at a time. */
public final class MaskedReluKernel {
  private MaskedReluKernel() {}

  public static void forward(boolean causal, Tensor[] in, Tensor weights, Workspace workspace) {
    rectify(causal, in[0], in[0], in[1], weights, workspace);
  }

  public static void backward(boolean causal, Tensor[] in, Tensor result, Workspace workspace) {
    rectify(causal, in[0], in[2], in[1], result, workspace);
  }

  /** result = d / n where x is above 0 and may be seen, else 0. */
  private static void rectify(
      boolean causal, Tensor x, Tensor d, Tensor mask, Tensor result, Workspace workspace) {
    int queries = x.dim(2);
    int keys = x.width();
    float[] seen = workspace.array(0, keys);
    float[] row = workspace.array(1, keys);
    float[] values = workspace.array(2, keys);
    int[] visible = new int[keys];
    int at = 0;
    for (int b = 0; b < x.dim(0); b++) {
      mask.read(b * keys, seen, 0, keys);
      count(seen, visible);
      for (int r = 0; r < x.dim(1) * queries; r++, at += keys) {
        x.read(at, row, 0, keys);
        d.read(at, values, 0, keys);
        int end = causal ? Math.min(keys, r % queries + 1) : keys;
        float share = visible[end - 1] == 0 ? 0 : 1f / visible[end - 1];
        for (int s = 0; s < end; s++) {
          values[s] = row[s] > 0 && seen[s] != 0 ? values[s] * share : 0;
        }
        Arrays.fill(values, end, keys, 0f);
        result.write(at, values, 0, keys);
      }
    }
  }

  /** visible[s] = how many of the positions 0 to s may be seen. */
  private static void count(float[] seen, int[] visible) {
    int sum = 0;
    for (int s = 0; s < visible.length; s++) {
      sum += seen[s] != 0 ? 1 : 0;
      visible[s] = sum;
    }
  }
}
