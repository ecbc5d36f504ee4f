package org.yuqiao.backend.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Scores of queries against a table of relative positions: scale x_h[b, t] . table_h[n], x {@code
 * [B, T, D]}, table {@code [N, W]}, scores {@code [H, B, T, N]}.
 *
 * <p>With W = D each head has its own columns of the table, with W = D / H all heads share it (Shaw
 * et al. 2018, section 3.3: one matmul for all positions instead of a vector for every pair).
 */
public final class RelativeScoresOp extends CustomOp {
  private final int heads;
  private final double scale;

  RelativeScoresOp(SameDiff graph, int heads, double scale, SDVariable... args) {
    super(graph, 1, args);
    this.heads = heads;
    this.scale = scale;
  }

  @Override
  public String opName() {
    return "yuqiao_relative_scores";
  }

  /** The scores of {@code x}, head by head, against every row of {@code table}. */
  public static SDVariable of(SDVariable x, SDVariable table, int heads, double scale) {
    return new RelativeScoresOp(x.getSameDiff(), heads, scale, x, table).outputVariable();
  }

  int heads() {
    return heads;
  }

  public double scale() {
    return scale;
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    return new long[][] {{heads, in[0][0], in[0][1], in[1][0]}};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    for (int h = 0; h < heads; h++) {
      INDArray table = HeadViews.table(in[1], h, heads, in[0].size(2));
      INDArray scores = HeadViews.head(in[0], h, heads).mmul(table.transpose());
      out[0].slice(h).assign(scores.mul(scale).reshape(out[0].slice(h).shape()));
    }
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable x = args()[0];
    SDVariable table = args()[1];
    SDVariable d = gradients.get(0);
    return List.of(
        new RelativeContextOp(sameDiff, heads, scale, d, table, x).outputVariable(),
        new RelativeTableGradientOp(sameDiff, heads, scale, d, x, table).outputVariable());
  }
}
