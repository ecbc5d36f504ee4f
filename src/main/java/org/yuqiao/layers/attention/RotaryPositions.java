package org.yuqiao.layers.attention;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.op.RotaryOp;
import org.yuqiao.layers.base.Scope;

/**
 * Rotary positions (Su et al. 2021, section 3.2.2): pair i of each head's columns of queries and
 * keys is rotated by the angle pos / 10000^(2i/d_k), so that their dot product depends on the
 * distance only.
 */
public final class RotaryPositions implements Positions, AttentionPositions {
  private final SDVariable angles;

  /** Puts the angles {@code [positions, d_k / 2]} into the graph as a constant. */
  RotaryPositions(Scope scope, Stack stack) {
    int width = stack.width() / stack.attention().heads();
    if (width % 2 != 0) {
      throw new IllegalArgumentException(
          "rotary positions rotate pairs of columns, but d_k is " + width);
    }
    INDArray values = angles(stack.positions(), width).castTo(scope.type());
    this.angles = scope.graph().constant(stack.name() + ".positions", values);
  }

  @Override
  public AttentionPositions inAttention(String name) {
    return this;
  }

  @Override
  public SDVariable onQueries(SDVariable queries, PositionOffset offset) {
    return RotaryOp.of(queries, angles, offset.position());
  }

  @Override
  public SDVariable onKeys(SDVariable keys, PositionOffset offset) {
    return RotaryOp.of(keys, angles, offset.position());
  }

  /** The angles of the first {@code positions}, {@code [positions, width / 2]} in DOUBLE. */
  public static INDArray angles(int positions, int width) {
    double[][] angles = new double[positions][width / 2];
    for (int position = 0; position < positions; position++) {
      for (int i = 0; i < width / 2; i++) {
        angles[position][i] = position / Math.pow(10000, 2.0 * i / width);
      }
    }
    return Nd4j.createFromArray(angles);
  }
}
