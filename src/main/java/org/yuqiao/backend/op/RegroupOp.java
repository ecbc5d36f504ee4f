package org.yuqiao.backend.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reshapes x {@code [B, T, D]} to {@code [N, B T / N, D]}, N being the rows of another array,
 * without a copy.
 *
 * <p>While decoding, the hypotheses of a sentence are separate rows for self-attention, but queries
 * of one row for cross-attention, for they share its keys.
 */
public final class RegroupOp extends CustomOp {
  private RegroupOp(SameDiff graph, SDVariable... args) {
    super(graph, 1, args);
  }

  @Override
  public String opName() {
    return "yuqiao_regroup";
  }

  /** {@code x} in as many rows as {@code like} has. */
  public static SDVariable of(SDVariable x, SDVariable like) {
    return new RegroupOp(x.getSameDiff(), x, like).outputVariable();
  }

  @Override
  public boolean inPlace() {
    return true;
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    return new long[][] {{in[1][0], in[0][0] * in[0][1] / in[1][0], in[0][2]}};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    // The output already is the input in another shape.
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    throw new UnsupportedOperationException("used in decoding only");
  }
}
