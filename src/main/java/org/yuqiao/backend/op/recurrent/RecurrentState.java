package org.yuqiao.backend.op.recurrent;

import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.backend.op.CustomOp;

/**
 * The state of a recurrent layer between positions.
 *
 * @param h {@code [B, 1, H]}
 * @param c the memory {@code [B, 1, H]}; empty for a cell without one
 */
public record RecurrentState(SDVariable h, Optional<SDVariable> c) {
  /** The variables as arguments of an op. */
  public SDVariable[] args() {
    return CustomOp.withLast(c, h);
  }
}
