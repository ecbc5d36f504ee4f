package org.yuqiao.layers.attention;

import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Where in its sequence a piece begins.
 *
 * @param position one integer {@code [1]}, read at each run; empty for 0
 */
public record PositionOffset(Optional<SDVariable> position) {
  /** The beginning of the sequence itself. */
  public static final PositionOffset OF_SEQUENCE = new PositionOffset(Optional.empty());
}
