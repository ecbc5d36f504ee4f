package org.yuqiao.train;

import java.util.Set;
import org.yuqiao.backend.tensor.ParameterBuffer;

/**
 * Parameters that are not trained, or not from the beginning.
 *
 * @param always the names of those that are never trained
 * @param atFirst the names of those that are not trained in the first {@code steps} steps
 * @param steps the number of these steps
 */
public record FrozenParameters(Set<String> always, Set<String> atFirst, int steps) {
  /** All parameters are trained. */
  public static final FrozenParameters NONE = always(Set.of());

  /** Copies the sets. */
  public FrozenParameters {
    always = Set.copyOf(always);
    atFirst = Set.copyOf(atFirst);
  }

  /** Parameters that are never trained. */
  public static FrozenParameters always(Set<String> names) {
    return new FrozenParameters(names, Set.of(), 0);
  }

  /**
   * Sets the gradients of step number {@code step} to zero where parameters do not move yet. Adam
   * then keeps them exactly, as their moments are still zero.
   */
  void clear(ParameterBuffer gradients, long step) {
    if (step <= steps) {
      atFirst.forEach(name -> gradients.view(name).assign(0));
    }
  }
}
