package org.yuqiao.layers.attention;

import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.backend.op.AddPositionsOp;
import org.yuqiao.layers.base.Initializer;
import org.yuqiao.layers.base.Scope;

/**
 * A learned vector for each position, added to its embedding (Gehring et al. 2017, section 3.1;
 * "Attention Is All You Need", table 3, row E). Positions not seen in training keep their initial
 * values.
 */
final class LearnedPositions implements Positions {
  private final SDVariable table;

  /** Declares the vectors {@code [positions, D]}. */
  LearnedPositions(Scope scope, Stack stack) {
    Initializer normal = new Initializer.Normal(1 / Math.sqrt(stack.width()));
    this.table =
        scope.parameter(stack.name() + ".positions", normal, stack.positions(), stack.width());
  }

  @Override
  public SDVariable onEmbeddings(SDVariable x, PositionOffset offset) {
    return AddPositionsOp.of(x, table, offset.position());
  }
}
