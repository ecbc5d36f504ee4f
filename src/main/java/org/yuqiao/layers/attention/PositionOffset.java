package org.yuqiao.layers.attention;

import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The position of the first token of a piece of a sequence.
 *
 * @param position int32 {@code [1]}, read at each run; empty for 0
 */
public record PositionOffset(Optional<SDVariable> position) {
  /** The piece is the whole sequence. */
  public static final PositionOffset ZERO = new PositionOffset(Optional.empty());
}
