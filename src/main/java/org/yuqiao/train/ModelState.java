package org.yuqiao.train;

import org.yuqiao.backend.AdamStep;
import org.yuqiao.backend.ParameterBuffer;

/**
 * All that training changes in a model.
 *
 * @param parameters the model's
 * @param firstMoment Adam's running mean of the gradients
 * @param secondMoment Adam's running mean of their squares
 */
public record ModelState(
    ParameterBuffer parameters, ParameterBuffer firstMoment, ParameterBuffer secondMoment) {
  /** The state before the first step. */
  public static ModelState fresh(ParameterBuffer parameters) {
    return new ModelState(parameters, parameters.like(), parameters.like());
  }

  AdamStep.State arrays() {
    return new AdamStep.State(parameters.flat(), firstMoment.flat(), secondMoment.flat());
  }
}
