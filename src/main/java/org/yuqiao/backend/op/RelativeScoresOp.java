package org.yuqiao.backend.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Every head's vectors times a table of vectors, one a distance: x {@code [B, T, D]}, table {@code
 * [N, W]}, products {@code [H, B, T, N]} = factor x_h[b, t] . table_h[n]. With W = D every head has
 * columns of its own in the table, with W = D / H all share the table (Shaw et al. 2018, section
 * 3.3: one product for all positions instead of a vector for every pair).
 */
public final class RelativeScoresOp extends CustomOp {
  private final int heads;
  private final double factor;

  RelativeScoresOp(SameDiff graph, int heads, double factor, SDVariable... args) {
    super(graph, 1, args);
    this.heads = heads;
    this.factor = factor;
  }

  @Override
  public String opName() {
    return "yuqiao_relative_scores";
  }

  /** Multiplies every vector of {@code x}, head by head, with every row of {@code table}. */
  public static SDVariable of(SDVariable x, SDVariable table, int heads, double factor) {
    return new RelativeScoresOp(x.getSameDiff(), heads, factor, x, table).outputVariable();
  }

  int heads() {
    return heads;
  }

  public double factor() {
    return factor;
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    return new long[][] {{heads, in[0][0], in[0][1], in[1][0]}};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    for (int h = 0; h < heads; h++) {
      INDArray table = HeadViews.table(in[1], h, heads, in[0].size(2));
      INDArray products = HeadViews.head(in[0], h, heads).mmul(table.transpose());
      out[0].slice(h).assign(products.mul(factor).reshape(out[0].slice(h).shape()));
    }
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable x = args()[0];
    SDVariable table = args()[1];
    SDVariable d = gradients.get(0);
    return List.of(
        new RelativeContextOp(sameDiff, heads, factor, d, table, x).outputVariable(),
        new RelativeTableGradientOp(sameDiff, heads, factor, d, x, table).outputVariable());
  }
}
