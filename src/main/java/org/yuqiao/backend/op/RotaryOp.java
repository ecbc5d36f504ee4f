package org.yuqiao.backend.op;

import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Rotary position embedding (Su et al. 2021, eq. 34): rotates each pair of adjacent columns of
 * every head by an angle of its own at each position.
 *
 * <p>x {@code [B, T, D]}, angles {@code [P, d_k / 2]}, y {@code [B, T, D]}: y[2i] = x[2i] cos a -
 * x[2i+1] sin a, y[2i+1] = x[2i] sin a + x[2i+1] cos a, a = angles[t, i].
 */
public final class RotaryOp extends CustomOp {
  private final boolean isInverse;

  private RotaryOp(SameDiff graph, boolean isInverse, SDVariable... args) {
    super(graph, 1, args);
    this.isInverse = isInverse;
  }

  @Override
  public String opName() {
    return "yuqiao_rotary";
  }

  /**
   * Rotates position t of {@code x} by row {@code first} + t of {@code angles}, a constant.
   *
   * @param first the position at which {@code x} begins, for decoding; empty for 0
   */
  public static SDVariable of(SDVariable x, SDVariable angles, Optional<SDVariable> first) {
    SDVariable[] args = withLast(first, x, angles);
    return new RotaryOp(x.getSameDiff(), false, args).outputVariable();
  }

  /** 1, or -1 for the inverse rotation. */
  public int direction() {
    return isInverse ? -1 : 1;
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    if (in[0][1] > in[1][0]) {
      throw new IllegalArgumentException(
          "a sequence of " + in[0][1] + " positions, but there are angles for " + in[1][0]);
    }
    return new long[][] {in[0]};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    INDArray x = in[0];
    int first = firstPosition(in, 2);
    int pairs = (int) in[1].size(1);
    for (int b = 0; b < x.size(0); b++) {
      for (int t = 0; t < x.size(1); t++) {
        for (int c = 0; c < x.size(2); c += 2) {
          double angle = direction() * in[1].getDouble(first + t, c / 2 % pairs);
          double even = x.getDouble(b, t, c);
          double odd = x.getDouble(b, t, c + 1);
          double cos = Math.cos(angle);
          double sin = Math.sin(angle);
          out[0].putScalar(new int[] {b, t, c}, even * cos - odd * sin);
          out[0].putScalar(new int[] {b, t, c + 1}, even * sin + odd * cos);
        }
      }
    }
  }

  /** The transpose of a rotation is its inverse. */
  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable angles = args()[1];
    return List.of(
        new RotaryOp(sameDiff, !isInverse, gradients.get(0), angles).outputVariable(), angles);
  }
}
