package org.yuqiao.layers.attention;

import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The position and mask of one decoding step.
 *
 * @param position int32 {@code [1]}: the position of the new token from 0, the same in all rows
 * @param mask {@code [B, C]}, 1 for the positions up to and including the new one, 0 for the free
 *     room after them
 */
public record DecodingStep(SDVariable position, SDVariable mask) {
  /** The position of the step's token. */
  public PositionOffset offset() {
    return new PositionOffset(Optional.of(position));
  }
}
