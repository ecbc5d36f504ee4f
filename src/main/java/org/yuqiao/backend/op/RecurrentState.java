package org.yuqiao.backend.op;

import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * What a recurrent layer hands on from one position to the next.
 *
 * @param h {@code [B, 1, H]}
 * @param c the memory {@code [B, 1, H]}; empty for a cell without
 */
public record RecurrentState(SDVariable h, Optional<SDVariable> c) {
  /** The arguments that an op takes of it. */
  SDVariable[] args() {
    return CustomOp.withLast(c, h);
  }
}
