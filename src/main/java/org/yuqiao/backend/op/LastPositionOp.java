package org.yuqiao.backend.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.tensor.Tensor;

/**
 * The last position of every sequence: {@code [B, T, D]} to {@code [B, D]}. When a translation is
 * made token by token, only that position's scores are wanted.
 */
public final class LastPositionOp extends CustomOp {
  private LastPositionOp(SameDiff graph, SDVariable... args) {
    super(graph, 1, args);
  }

  @Override
  public String opName() {
    return "yuqiao_last_position";
  }

  /** Takes x[:, T-1, :]. */
  public static SDVariable of(SDVariable x) {
    return new LastPositionOp(x.getSameDiff(), x).outputVariable();
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    return new long[][] {{in[0][0], in[0][2]}};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    out[0].assign(
        in[0].get(NDArrayIndex.all(), NDArrayIndex.point(in[0].size(1) - 1), NDArrayIndex.all()));
  }

  public static void kernel(Tensor[] in, Tensor[] out, Workspace workspace) {
    int width = in[0].width();
    float[] row = workspace.array(0, width);
    for (int b = 0; b < in[0].dim(0); b++) {
      in[0].read(((b + 1) * in[0].dim(1) - 1) * width, row, 0, width);
      out[0].write(b * width, row, 0, width);
    }
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    throw new UnsupportedOperationException("used in decoding only");
  }
}
