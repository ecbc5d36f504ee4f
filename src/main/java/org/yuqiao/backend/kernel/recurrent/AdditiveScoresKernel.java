package org.yuqiao.backend.kernel.recurrent;

import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.recurrent.AdditiveScoresOp;
import org.yuqiao.backend.tensor.Tensor;

/** {@link AdditiveScoresOp}, a query at a time. */
public final class AdditiveScoresKernel {
  private AdditiveScoresKernel() {}

  public static void forward(Tensor[] in, Tensor[] out, Workspace workspace) {
    AdditiveAttention attention = new AdditiveAttention(in[2], in[1], 0, workspace);
    int width = in[0].width();
    int length = in[1].dim(1);
    for (int row = 0; row < in[0].rows(); row++) {
      in[0].read(row * width, attention.query, 0, width);
      attention.energies(row / in[0].dim(1));
      out[0].write(row * length, attention.weights, 0, length);
    }
  }
}
