package org.yuqiao.model;

import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.tensor.ParameterBuffer;

/** What can be trained, whatever it does: parameters, and a loss that they are to make small. */
public interface Model {
  /** The settings it was made with. */
  ModelSettings settings();

  /** The floating-point type it computes in. */
  DataType type();

  /** The shapes of all parameters, by name. */
  Map<String, long[]> shapes();

  /** Memory for all parameters, all zeros. */
  ParameterBuffer zeros();

  /** First values for all parameters, drawn from {@code seed}. */
  ParameterBuffer initialize(long seed);

  /** The graph of a training step that leaves the parameters named in {@code frozen} alone. */
  LossGraph trainingGraph(double labelSmoothing, ParameterBuffer parameters, Set<String> frozen);

  /** The graph of validation: no dropout, no gradients. */
  LossGraph validationGraph(double labelSmoothing);

  /** The graph of a training step that changes all {@code parameters}. */
  default LossGraph trainingGraph(double labelSmoothing, ParameterBuffer parameters) {
    return trainingGraph(labelSmoothing, parameters, Set.of());
  }
}
