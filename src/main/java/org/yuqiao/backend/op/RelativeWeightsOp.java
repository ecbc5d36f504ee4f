package org.yuqiao.backend.op;

import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sums attention weights by {@linkplain RelativePositions relative position}: weights {@code [B, H,
 * T, S]}, result {@code [H, B, T, N]}, the transpose of {@link RelativeShiftOp}.
 *
 * <p>With it, the values of relative positions are weighted by one matmul (Shaw et al. 2018, eq.
 * 3).
 */
public final class RelativeWeightsOp extends CustomOp {
  private final int positions;

  private RelativeWeightsOp(SameDiff graph, int positions, SDVariable... args) {
    super(graph, 1, args);
    this.positions = positions;
  }

  @Override
  public String opName() {
    return "yuqiao_relative_weights";
  }

  /**
   * Sums {@code weights} by relative position.
   *
   * @param positions N, an odd number
   * @param first the position of the first query, for decoding; empty for 0
   */
  public static SDVariable of(SDVariable weights, int positions, Optional<SDVariable> first) {
    SDVariable[] args = withLast(first, weights);
    return new RelativeWeightsOp(weights.getSameDiff(), positions, args).outputVariable();
  }

  static void sumByPosition(INDArray weights, INDArray sums, int first) {
    new RelativePositions(weights.shape(), sums.size(3), first)
        .forEach(
            (b, h, t, s, n) -> {
              double sum = sums.getDouble(h, b, t, n) + weights.getDouble(b, h, t, s);
              sums.putScalar(new int[] {h, b, t, n}, sum);
            });
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    return new long[][] {{in[0][1], in[0][0], in[0][2], positions}};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    sumByPosition(in[0], out[0], firstPosition(in, 1));
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    return List.of(new Gradient(sameDiff, args()[0], gradients.get(0)).outputVariable());
  }

  /** dweights[b, h, t, s] = d[h, b, t, column of the relative position]. */
  public static final class Gradient extends GradientOp {
    Gradient(SameDiff graph, SDVariable... args) {
      super(graph, 1, args);
    }

    @Override
    public String opName() {
      return "yuqiao_relative_weights_bp";
    }

    @Override
    public long[][] outputShapes(long[][] in) {
      return new long[][] {in[0]};
    }

    @Override
    public void reference(INDArray[] in, INDArray[] out) {
      new RelativePositions(in[0].shape(), in[1].size(3), 0)
          .forEach(
              (b, h, t, s, n) ->
                  out[0].putScalar(new int[] {b, h, t, s}, in[1].getDouble(h, b, t, n)));
    }
  }
}
