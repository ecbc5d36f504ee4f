package org.yuqiao.backend.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The last position of every sequence, for decoding: {@code [B, T, D]} to {@code [B, D]}. */
public final class LastPositionOp extends CustomOp {
  private LastPositionOp(SameDiff graph, SDVariable... args) {
    super(graph, 1, args);
  }

  @Override
  public String opName() {
    return "yuqiao_last_position";
  }

  /** x[:, T-1, :]. */
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

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    throw new UnsupportedOperationException("used in decoding only");
  }
}
