package org.yuqiao.backend.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The encodings of all relative positions among S keys (R of Dai et al. 2019): table {@code [2 P -
 * 1, D]} for -(P-1) to P-1, result {@code [2 S - 1, D]} for -(S-1) to S-1. S is the length of the
 * padding mask {@code [B, S]}.
 */
public final class RelativeEncodingsOp extends CustomOp {
  private RelativeEncodingsOp(SameDiff graph, SDVariable... args) {
    super(graph, 1, args);
  }

  @Override
  public String opName() {
    return "yuqiao_relative_encodings";
  }

  /** The middle rows of {@code table}, for as many keys as {@code mask} has. */
  public static SDVariable of(SDVariable table, SDVariable mask) {
    return new RelativeEncodingsOp(table.getSameDiff(), table, mask).outputVariable();
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    // A cache may be longer than the table, but only its first P positions are ever filled.
    return new long[][] {{Math.min(2 * in[1][1] - 1, in[0][0]), in[0][1]}};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    long from = (in[0].size(0) - out[0].size(0)) / 2;
    out[0].assign(
        in[0].get(NDArrayIndex.interval(from, from + out[0].size(0)), NDArrayIndex.all()));
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    throw new UnsupportedOperationException("the table is a constant");
  }
}
