package org.yuqiao.backend.op;

import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adds relative scores to the scores of each query and key: result[b, h, t, s] = scores[b, h, t, s]
 * + relative[h, b, t, n], n being the column of their {@linkplain RelativePositions relative
 * position}. Scores {@code [B, H, T, S]}, relative {@code [H, B, T, N]}.
 *
 * <p>The relative shift of Dai et al. 2019, appendix B, with the clipping of Shaw et al. 2018,
 * section 3.2.
 */
public final class RelativeShiftOp extends CustomOp {
  private RelativeShiftOp(SameDiff graph, SDVariable... args) {
    super(graph, 1, args);
  }

  @Override
  public String opName() {
    return "yuqiao_relative_shift";
  }

  /**
   * Adds {@code relative} to {@code scores}.
   *
   * @param first the position of the first query, for decoding; empty for 0
   */
  public static SDVariable of(SDVariable scores, SDVariable relative, Optional<SDVariable> first) {
    SDVariable[] args = withLast(first, scores, relative);
    return new RelativeShiftOp(scores.getSameDiff(), args).outputVariable();
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    return new long[][] {in[0]};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    out[0].assign(in[0]);
    RelativePositions positions =
        new RelativePositions(in[0].shape(), in[1].size(3), firstPosition(in, 2));
    positions.forEach(
        (b, h, t, s, n) -> {
          double sum = in[0].getDouble(b, h, t, s) + in[1].getDouble(h, b, t, n);
          out[0].putScalar(new int[] {b, h, t, s}, sum);
        });
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable d = gradients.get(0);
    return List.of(d, new Gradient(sameDiff, d, args()[1]).outputVariable());
  }

  /** drelative[h, b, t, n] = sum of dscores[b, h, t, s] over the keys of column n. */
  public static final class Gradient extends GradientOp {
    Gradient(SameDiff graph, SDVariable... args) {
      super(graph, 1, args);
    }

    @Override
    public String opName() {
      return "yuqiao_relative_shift_bp";
    }

    @Override
    public long[][] outputShapes(long[][] in) {
      return new long[][] {in[1]};
    }

    @Override
    public void reference(INDArray[] in, INDArray[] out) {
      RelativeWeightsOp.sumByPosition(in[0], out[0], 0);
    }
  }
}
