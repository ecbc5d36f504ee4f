package org.yuqiao.layers.attention;

import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.backend.op.RelativeContextOp;
import org.yuqiao.backend.op.RelativeScoresOp;
import org.yuqiao.backend.op.RelativeShiftOp;
import org.yuqiao.backend.op.RelativeWeightsOp;
import org.yuqiao.layers.base.Initializer;
import org.yuqiao.layers.base.Scope;

/**
 * Learned vectors of distances, added to keys and values (Shaw et al. 2018, eq. 3 and 4): score
 * e_ij = q_i . (k_j + a^K_ij) / sqrt(d_k), result z_i = sum over j of w_ij (v_j + a^V_ij), where
 * a_ij is the vector of the distance j - i, clipped to -k..k. Heads share them, layers do not.
 */
final class RelativePositionsShaw implements Positions {
  private final Scope scope;
  private final Stack stack;
  private final int distances;

  /** A scheme for {@code stack}. */
  RelativePositionsShaw(Scope scope, Stack stack) {
    this.scope = scope;
    this.stack = stack;
    this.distances = 2 * stack.relative().clippingDistance() + 1;
  }

  @Override
  public AttentionPositions inAttention(String name) {
    AttentionSettings attention = stack.attention();
    int heads = attention.heads();
    int width = stack.width() / heads;
    SDVariable keys = vectors(name + ".positions.key", width);
    SDVariable values = vectors(name + ".positions.value", width);
    double scale = attention.scale().of(width);
    return new AttentionPositions() {
      @Override
      public SDVariable onScores(
          SDVariable scores, SDVariable queries, SDVariable mask, PositionOffset offset) {
        SDVariable byDistanceScores = RelativeScoresOp.of(queries, keys, heads, scale);
        return RelativeShiftOp.of(scores, byDistanceScores, offset.position());
      }

      @Override
      public SDVariable onContext(SDVariable context, SDVariable weights, PositionOffset offset) {
        SDVariable byDistance = RelativeWeightsOp.of(weights, distances, offset.position());
        return context.add(RelativeContextOp.of(byDistance, values, heads));
      }
    };
  }

  /** Vectors {@code [2k + 1, d_k]}: row n belongs to the distance n - k. */
  private SDVariable vectors(String name, int width) {
    return scope.parameter(name, new Initializer.XavierUniform(), distances, width);
  }
}
