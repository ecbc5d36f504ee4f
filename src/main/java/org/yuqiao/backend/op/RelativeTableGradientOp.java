package org.yuqiao.backend.op;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradient of the table of {@link RelativeScoresOp} or {@link RelativeContextOp}: dtable_h[n] =
 * scale sum over b, t of p[h, b, t, n] x_h[b, t], p {@code [H, B, T, N]}, x {@code [B, T, D]}. The
 * third argument is the table, for its shape.
 */
public final class RelativeTableGradientOp extends GradientOp {
  private final int heads;
  private final double scale;

  RelativeTableGradientOp(SameDiff graph, int heads, double scale, SDVariable... args) {
    super(graph, 1, args);
    this.heads = heads;
    this.scale = scale;
  }

  @Override
  public String opName() {
    return "yuqiao_relative_table_bp";
  }

  public double scale() {
    return scale;
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    return new long[][] {in[2]};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    for (int h = 0; h < heads; h++) {
      INDArray p = rows(in[0].slice(h));
      INDArray d = p.transpose().mmul(HeadViews.head(in[1], h, heads)).mul(scale);
      HeadViews.table(out[0], h, heads, in[1].size(2)).addi(d);
    }
  }
}
