package org.yuqiao.layers.attention;

import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Where a decoder stands that makes one token at a time.
 *
 * @param position one integer {@code [1]}: the absolute position of the new token, the first being
 *     0; all rows stand at the same one
 * @param mask {@code [B, C]}, 1 for the positions up to and including the new one, 0 for the room
 *     behind them
 */
public record DecodingStep(SDVariable position, SDVariable mask) {
  /** Where the piece of one token begins that the step is fed. */
  public PositionOffset beginning() {
    return new PositionOffset(Optional.of(position));
  }
}
