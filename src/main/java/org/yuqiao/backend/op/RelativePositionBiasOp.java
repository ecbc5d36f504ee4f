package org.yuqiao.backend.op;

import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adds a bias per head and {@linkplain RelativePositions relative position} to the scores:
 * result[b, h, t, s] = scores[b, h, t, s] + bias[n, h] (Raffel et al. 2020, section 2.1). Scores
 * {@code [B, H, T, S]}, bias {@code [1, N, H]}.
 */
public final class RelativePositionBiasOp extends CustomOp {
  private RelativePositionBiasOp(SameDiff graph, SDVariable... args) {
    super(graph, 1, args);
  }

  @Override
  public String opName() {
    return "yuqiao_relative_position_bias";
  }

  /**
   * Adds {@code bias} to {@code scores}.
   *
   * @param first the position of the first query, for decoding; empty for 0
   */
  public static SDVariable of(SDVariable scores, SDVariable bias, Optional<SDVariable> first) {
    SDVariable[] args = withLast(first, scores, bias);
    return new RelativePositionBiasOp(scores.getSameDiff(), args).outputVariable();
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    return new long[][] {in[0]};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    new RelativePositions(in[0].shape(), in[1].size(1), firstPosition(in, 2))
        .forEach(
            (b, h, t, s, n) -> {
              double sum = in[0].getDouble(b, h, t, s) + in[1].getDouble(0, n, h);
              out[0].putScalar(new int[] {b, h, t, s}, sum);
            });
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable d = gradients.get(0);
    return List.of(d, new Gradient(sameDiff, d, args()[1]).outputVariable());
  }

  /** dbias[n, h] = sum of dscores over sentences, queries, and keys of column n. */
  public static final class Gradient extends GradientOp {
    Gradient(SameDiff graph, SDVariable... args) {
      super(graph, 1, args);
    }

    @Override
    public String opName() {
      return "yuqiao_relative_position_bias_bp";
    }

    @Override
    public long[][] outputShapes(long[][] in) {
      return new long[][] {in[1]};
    }

    @Override
    public void reference(INDArray[] in, INDArray[] out) {
      new RelativePositions(in[0].shape(), in[1].size(1), 0)
          .forEach(
              (b, h, t, s, n) -> {
                double sum = out[0].getDouble(0, n, h) + in[0].getDouble(b, h, t, s);
                out[0].putScalar(new int[] {0, n, h}, sum);
              });
    }
  }
}
