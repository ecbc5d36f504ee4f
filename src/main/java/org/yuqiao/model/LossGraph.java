package org.yuqiao.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.op.Backpropagation;
import org.yuqiao.backend.op.CrossEntropyOp;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.layers.base.Scope;

/**
 * A graph that computes the training loss and its gradients.
 *
 * @param loss the label-smoothed loss {@code [1]}, summed over tokens
 * @param negativeLogLikelihood the loss without label smoothing {@code [1]}
 * @param gradients parameter names to names of their gradients; empty in a graph made for
 *     validation
 */
public record LossGraph(
    SameDiff graph, String loss, String negativeLogLikelihood, Map<String, String> gradients) {

  /** The graph of validation, without gradients. */
  static LossGraph validation(Scope scope, CrossEntropyOp.Result result) {
    return new LossGraph(
        scope.graph(), result.loss().name(), result.negativeLogLikelihood().name(), Map.of());
  }

  /** The graph of a training step in {@code scope}, without gradients of {@code frozen}. */
  static LossGraph training(
      Scope scope, CrossEntropyOp.Result result, ParameterBuffer parameters, Set<String> frozen) {
    SDVariable one = scope.graph().constant("one", Nd4j.ones(scope.type(), 1));
    List<String> names = new ArrayList<>();
    parameters.names().forEach(names::add);
    names.removeAll(frozen);
    Map<String, String> gradients = new LinkedHashMap<>();
    Backpropagation.gradients(result.loss(), one, names)
        .forEach((name, gradient) -> gradients.put(name, gradient.name()));
    return new LossGraph(
        scope.graph(), result.loss().name(), result.negativeLogLikelihood().name(), gradients);
  }

  /** All outputs of the graph. */
  public List<String> outputs() {
    List<String> outputs = new ArrayList<>(List.of(loss, negativeLogLikelihood));
    outputs.addAll(gradients.values());
    return outputs;
  }
}
