package org.yuqiao.graph;

import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Where in its sequence a piece begins.
 *
 * @param position one integer {@code [1]}, read at each run; empty for 0
 */
public record Beginning(Optional<SDVariable> position) {
  /** The beginning of the sequence itself. */
  public static final Beginning OF_SEQUENCE = new Beginning(Optional.empty());
}
