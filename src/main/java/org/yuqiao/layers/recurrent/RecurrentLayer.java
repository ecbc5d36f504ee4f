package org.yuqiao.layers.recurrent;

import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.backend.op.LinearOp;
import org.yuqiao.backend.op.recurrent.RecurrenceOp;
import org.yuqiao.backend.op.recurrent.RecurrentCell;
import org.yuqiao.backend.op.recurrent.RecurrentState;
import org.yuqiao.backend.op.recurrent.RecurrentStepOp;
import org.yuqiao.layers.base.Initializer;
import org.yuqiao.layers.base.Linear;
import org.yuqiao.layers.base.Scope;

/** A recurrent layer in one direction: x W + b for all positions in one GEMM, then the cell. */
final class RecurrentLayer {
  private final RecurrentCell cell;
  private final Linear input;
  private final SDVariable recurrent;

  /**
   * Declares W {@code [I, G H]}, b and U {@code [H, G H]} under {@code name}. Forget gates start
   * with bias 1 (Jozefowicz et al. 2015, section 2.2).
   */
  RecurrentLayer(Scope scope, String name, RecurrentCell cell, int inputs, int hidden) {
    int columns = cell.blocks() * hidden;
    Initializer bias =
        cell == RecurrentCell.LSTM
            ? new Initializer.Block(1, hidden, 2 * hidden)
            : new Initializer.Constant(0);
    this.cell = cell;
    this.input = new Linear(scope, name + ".input", inputs, columns, bias);
    this.recurrent =
        scope.parameter(
            name + ".recurrent.weight", new Initializer.XavierUniform(), hidden, columns);
  }

  /**
   * {@code [B, T, I]} to {@code [B, T, H]}, from the left or from the right; mask {@code [B, T]}.
   */
  SDVariable of(SDVariable x, SDVariable mask, boolean fromRight) {
    return RecurrenceOp.of(cell, input.of(x), recurrent, mask, fromRight);
  }

  /** From the left, with initial states. */
  SDVariable of(SDVariable x, SDVariable mask, RecurrentState initial) {
    return RecurrenceOp.of(cell, input.of(x), recurrent, mask, initial);
  }

  /** One position {@code [B, 1, I]}: the state after it. */
  RecurrentState step(SDVariable x, RecurrentState before) {
    return stepProjected(input.of(x), before);
  }

  /** One position, given x W + b. */
  RecurrentState stepProjected(SDVariable projected, RecurrentState before) {
    return RecurrentStepOp.of(cell, projected, LinearOp.of(before.h(), recurrent), before);
  }

  /** The input projection x W + b. */
  SDVariable project(SDVariable x) {
    return input.of(x);
  }

  /** The recurrent matrix U. */
  SDVariable recurrent() {
    return recurrent;
  }

  RecurrentCell cell() {
    return cell;
  }
}
