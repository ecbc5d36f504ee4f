package org.yuqiao.layers.attention;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.op.AddVectorOp;
import org.yuqiao.backend.op.LinearOp;
import org.yuqiao.backend.op.RelativeEncodingsOp;
import org.yuqiao.backend.op.RelativeScoresOp;
import org.yuqiao.backend.op.RelativeShiftOp;
import org.yuqiao.layers.base.Initializer;
import org.yuqiao.layers.base.Scope;

/**
 * Separate terms for content and position (Transformer-XL, Dai et al. 2019, section 3.3): score_ij
 * = (q_i + u) . k_j + (q_i + v) . W_R R_(i-j), times the scale. R is the sinusoidal encoding of the
 * distance. Each layer has a W_R; the stack shares u, the global content bias, and v, the global
 * position bias.
 */
final class TransformerXlPositions implements Positions {
  private static final Initializer SMALL = new Initializer.Normal(0.02);

  private final Scope scope;
  private final Stack stack;
  private final SDVariable encodings;
  private final SDVariable u;
  private final SDVariable v;

  /** Declares u and v {@code [D]}; head h has the columns h d_k to (h+1) d_k. */
  TransformerXlPositions(Scope scope, Stack stack) {
    this.scope = scope;
    this.stack = stack;
    String name = stack.name() + ".positions";
    INDArray values = encodings(stack.positions(), stack.width()).castTo(scope.type());
    this.encodings = scope.graph().constant(name, values);
    this.u = scope.parameter(name + ".u", SMALL, stack.width());
    this.v = scope.parameter(name + ".v", SMALL, stack.width());
  }

  /**
   * The encodings {@code [2 P - 1, D]} of all distances; row n belongs to a key n - (P-1) positions
   * after the query, R_(i-j) with i - j = (P-1) - n.
   */
  static INDArray encodings(int positions, int width) {
    double[][] rows = new double[2 * positions - 1][];
    for (int n = 0; n < rows.length; n++) {
      rows[n] = SinusoidalPositions.encoding(positions - 1 - n, width);
    }
    return Nd4j.createFromArray(rows);
  }

  @Override
  public AttentionPositions inAttention(String name) {
    int width = stack.width();
    int heads = stack.attention().heads();
    double scale = stack.attention().scale().of(width / heads);
    SDVariable weight =
        scope.parameter(name + ".positions.weight", new Initializer.XavierUniform(), width, width);
    return new AttentionPositions() {
      @Override
      public SDVariable onQueries(SDVariable queries, PositionOffset offset) {
        return AddVectorOp.of(queries, u);
      }

      @Override
      public SDVariable onScores(
          SDVariable scores, SDVariable queries, SDVariable mask, PositionOffset offset) {
        SDVariable rows = RelativeEncodingsOp.of(encodings, mask);
        SDVariable biased = AddVectorOp.of(queries, v);
        // The same GEMMs in the cheaper order: all queries of a batch share W_R R, but the single
        // query of a decoding step is cheaper to project than all distances.
        SDVariable byDistance =
            offset.position().isEmpty()
                ? RelativeScoresOp.of(biased, LinearOp.of(rows, weight), heads, scale)
                : LinearOp.againstRows(RelativeScoresOp.of(biased, weight, heads, scale), rows);
        return RelativeShiftOp.of(scores, byDistance, offset.position());
      }
    };
  }
}
