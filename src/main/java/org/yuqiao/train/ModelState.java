package org.yuqiao.train;

import java.util.Set;
import org.yuqiao.backend.optimizer.AdamStep;
import org.yuqiao.backend.tensor.ParameterBuffer;

/**
 * All that training changes in a model.
 *
 * @param parameters the model's
 * @param firstMoment Adam's running mean of the gradients
 * @param secondMoment Adam's running mean of their squares
 * @param frozen the names of parameters that training leaves alone
 */
public record ModelState(
    ParameterBuffer parameters,
    ParameterBuffer firstMoment,
    ParameterBuffer secondMoment,
    Set<String> frozen) {
  /** The state before the first step. */
  public static ModelState fresh(ParameterBuffer parameters) {
    return new ModelState(parameters, parameters.zerosLike(), parameters.zerosLike(), Set.of());
  }

  /** The same arrays, some of the parameters frozen. */
  public ModelState freezing(Set<String> names) {
    return new ModelState(parameters, firstMoment, secondMoment, Set.copyOf(names));
  }

  AdamStep.State arrays() {
    return new AdamStep.State(parameters.flat(), firstMoment.flat(), secondMoment.flat());
  }
}
