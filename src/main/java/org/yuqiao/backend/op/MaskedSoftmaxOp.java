package org.yuqiao.backend.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Masked softmax: scores {@code [B, H, T, S]}, padding mask {@code [B, S]} (1 a token, 0 padding),
 * weights {@code [B, H, T, S]}.
 *
 * <p>When causal, position t also sees only s &lt;= t ("Attention Is All You Need", section 3.2.3).
 * A masked position has weight exactly 0, and so has every position of a fully masked row.
 */
public final class MaskedSoftmaxOp extends CustomOp {
  private final boolean causal;

  private MaskedSoftmaxOp(SameDiff graph, boolean causal, SDVariable... args) {
    super(graph, 1, args);
    this.causal = causal;
  }

  @Override
  public String opName() {
    return "yuqiao_masked_softmax";
  }

  /** The weights of {@code scores} under {@code mask} and, when causal, the causal mask. */
  public static SDVariable of(SDVariable scores, SDVariable mask, boolean causal) {
    return new MaskedSoftmaxOp(scores.getSameDiff(), causal, scores, mask).outputVariable();
  }

  public boolean causal() {
    return causal;
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    return new long[][] {in[0]};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    INDArray scores = in[0];
    for (int b = 0; b < scores.size(0); b++) {
      for (int h = 0; h < scores.size(1); h++) {
        for (int t = 0; t < scores.size(2); t++) {
          normalize(in, out[0], b, h, t);
        }
      }
    }
  }

  private void normalize(INDArray[] in, INDArray weights, int b, int h, int t) {
    long width = in[0].size(3);
    double max = Double.NEGATIVE_INFINITY;
    for (int s = 0; s < width; s++) {
      if (visible(in[1], b, t, s)) {
        max = Math.max(max, in[0].getDouble(b, h, t, s));
      }
    }
    double sum = 0;
    for (int s = 0; s < width; s++) {
      if (visible(in[1], b, t, s)) {
        sum += Math.exp(in[0].getDouble(b, h, t, s) - max);
      }
    }
    for (int s = 0; s < width; s++) {
      double weight =
          visible(in[1], b, t, s) ? Math.exp(in[0].getDouble(b, h, t, s) - max) / sum : 0;
      weights.putScalar(new int[] {b, h, t, s}, weight);
    }
  }

  private boolean visible(INDArray mask, int b, int t, int s) {
    return mask.getDouble(b, s) != 0 && !(causal && s > t);
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable[] args = args();
    SDVariable weights = outputVariables()[0];
    return List.of(new Gradient(sameDiff, weights, gradients.get(0)).outputVariable(), args[1]);
  }

  /**
   * dscores = weights (dweights - sum of weights dweights): 0 at masked positions, whose weight is
   * 0.
   */
  public static final class Gradient extends GradientOp {
    Gradient(SameDiff graph, SDVariable... args) {
      super(graph, 1, args);
    }

    @Override
    public String opName() {
      return "yuqiao_masked_softmax_bp";
    }

    @Override
    public long[][] outputShapes(long[][] in) {
      return new long[][] {in[0]};
    }

    @Override
    public void reference(INDArray[] in, INDArray[] out) {
      INDArray w = rows(in[0]);
      INDArray d = rows(in[1]);
      rows(out[0]).assign(w.mul(d.subColumnVector(w.mul(d).sum(true, 1))));
    }
  }
}
