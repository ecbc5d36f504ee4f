package org.yuqiao.backend.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * ReLU attention in place of softmax: weights = max(0, scores) / n, n being the number of visible
 * positions (Wortsman et al. 2023, section 3).
 *
 * <p>Shapes, mask and causal order as in {@link MaskedSoftmaxOp}. A masked position has weight
 * exactly 0, and so has every position of a fully masked row.
 */
public final class MaskedReluOp extends CustomOp {
  private final boolean causal;

  private MaskedReluOp(SameDiff graph, boolean causal, SDVariable... args) {
    super(graph, 1, args);
    this.causal = causal;
  }

  @Override
  public String opName() {
    return "yuqiao_masked_relu";
  }

  /** The weights of {@code scores} under {@code mask} and, when causal, the causal mask. */
  public static SDVariable of(SDVariable scores, SDVariable mask, boolean causal) {
    return new MaskedReluOp(scores.getSameDiff(), causal, scores, mask).outputVariable();
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
    rectify(causal, in[0], in[0], in[1], out[0]);
  }

  /** result = d / n at visible positions with x above 0, else 0. */
  private static void rectify(
      boolean causal, INDArray x, INDArray d, INDArray mask, INDArray result) {
    int keys = (int) x.size(3);
    for (int b = 0; b < x.size(0); b++) {
      for (int h = 0; h < x.size(1); h++) {
        for (int t = 0; t < x.size(2); t++) {
          int end = causal ? Math.min(keys, t + 1) : keys;
          int visible = 0;
          for (int s = 0; s < end; s++) {
            visible += mask.getDouble(b, s) != 0 ? 1 : 0;
          }
          for (int s = 0; s < end; s++) {
            if (mask.getDouble(b, s) != 0 && x.getDouble(b, h, t, s) > 0) {
              result.putScalar(new int[] {b, h, t, s}, d.getDouble(b, h, t, s) / visible);
            }
          }
        }
      }
    }
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable mask = args()[1];
    SDVariable weights = outputVariables()[0];
    return List.of(
        new Gradient(sameDiff, causal, weights, mask, gradients.get(0)).outputVariable(), mask);
  }

  /** dscores = dweights / n where the weight is above 0. */
  public static final class Gradient extends GradientOp {
    private final boolean causal;

    Gradient(SameDiff graph, boolean causal, SDVariable... args) {
      super(graph, 1, args);
      this.causal = causal;
    }

    @Override
    public String opName() {
      return "yuqiao_masked_relu_bp";
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
      rectify(causal, in[0], in[2], in[1], out[0]);
    }
  }
}
