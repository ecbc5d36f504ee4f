package org.yuqiao.backend.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weighted sum of a table's rows for every head, heads concatenated: result_h[b, t] = scale sum
 * over n of weights[h, b, t, n] table_h[n]. Weights {@code [H, B, T, N]}, table {@code [N, W]} as
 * in {@link RelativeScoresOp}, result {@code [B, T, D]}.
 */
public final class RelativeContextOp extends CustomOp {
  private final int heads;
  private final double scale;

  /** The third argument, {@code [B, T, D]}, gives the shape of the result. */
  RelativeContextOp(SameDiff graph, int heads, double scale, SDVariable... args) {
    super(graph, 1, args);
    this.heads = heads;
    this.scale = scale;
  }

  @Override
  public String opName() {
    return "yuqiao_relative_context";
  }

  /** The weighted sum of the rows of a {@code table} shared by all heads: {@code [B, T, H W]}. */
  public static SDVariable of(SDVariable weights, SDVariable table, int heads) {
    return new RelativeContextOp(weights.getSameDiff(), heads, 1, weights, table).outputVariable();
  }

  public double scale() {
    return scale;
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    long width = in.length == 3 ? in[2][2] : heads * in[1][1];
    return new long[][] {{in[0][1], in[0][2], width}};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    for (int h = 0; h < heads; h++) {
      INDArray table = HeadViews.table(in[1], h, heads, out[0].size(2));
      INDArray sum = rows(in[0].slice(h)).mmul(table).mul(scale);
      INDArray target = HeadViews.columns(out[0], h, heads);
      target.assign(sum.reshape(target.shape()));
    }
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    if (args().length == 3) {
      throw noSecondDerivative();
    }
    SDVariable weights = args()[0];
    SDVariable table = args()[1];
    SDVariable d = gradients.get(0);
    return List.of(
        new RelativeScoresOp(sameDiff, heads, scale, d, table).outputVariable(),
        new RelativeTableGradientOp(sameDiff, heads, scale, weights, d, table).outputVariable());
  }
}
