package org.yuqiao.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yuqiao.backend.optimizer.AdamStep;
import org.yuqiao.backend.tensor.ParameterBuffer;

/**
 * The state that training changes: parameters and optimizer moments.
 *
 * @param parameters of the model
 * @param firstMoment Adam's running mean of the gradients
 * @param secondMoment Adam's running mean of their squares
 * @param frozen the parameters that are not trained
 * @param average the moving average of the parameters, if the settings ask for one
 */
public record ModelState(
    ParameterBuffer parameters,
    ParameterBuffer firstMoment,
    ParameterBuffer secondMoment,
    FrozenParameters frozen,
    Optional<MovingAverage> average) {
  /** The state before the first step. */
  public static ModelState fresh(ParameterBuffer parameters) {
    return new ModelState(
        parameters,
        parameters.zerosLike(),
        parameters.zerosLike(),
        FrozenParameters.NONE,
        Optional.empty());
  }

  /** The same arrays, some of the parameters frozen. */
  public ModelState freezing(FrozenParameters some) {
    return new ModelState(parameters, firstMoment, secondMoment, some, average);
  }

  /** The same arrays with a moving average of the parameters; 0: none. */
  public ModelState averaging(double decay) {
    return decay == 0
        ? this
        : new ModelState(
            parameters,
            firstMoment,
            secondMoment,
            frozen,
            Optional.of(new MovingAverage(parameters.zerosLike(), decay)));
  }

  /** The moving average begins with the parameters as they are. */
  public void beginAverage() {
    average.ifPresent(mean -> mean.begin(parameters));
  }

  /** The weights that are validated and become the model. */
  public ParameterBuffer weights() {
    return average.map(MovingAverage::weights).orElse(parameters);
  }

  /** All buffers that training changes. */
  List<ParameterBuffer> buffers() {
    List<ParameterBuffer> buffers = new ArrayList<>(List.of(parameters, firstMoment, secondMoment));
    average.ifPresent(mean -> buffers.add(mean.weights()));
    return buffers;
  }

  AdamStep.State arrays() {
    return new AdamStep.State(parameters.flat(), firstMoment.flat(), secondMoment.flat());
  }
}
