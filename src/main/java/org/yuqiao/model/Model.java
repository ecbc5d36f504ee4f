package org.yuqiao.model;

import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.op.CrossEntropyOp;
import org.yuqiao.backend.op.RDropOp;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.layers.base.Scope;

/**
 * A trainable model: named parameters, and graphs of its loss. All graphs of a model are built from
 * the same layers and so share their parameters by name.
 */
public abstract sealed class Model permits EncoderDecoder, OneStackModel {
  private final ModelSettings settings;
  private final DataType type;

  Model(ModelSettings settings, DataType type) {
    this.settings = settings;
    this.type = type;
  }

  /** The settings it was made with. */
  public final ModelSettings settings() {
    return settings;
  }

  /** The floating-point type it computes in. */
  public final DataType type() {
    return type;
  }

  /** The shapes of all parameters, by name. */
  public final Map<String, long[]> shapes() {
    return declared().shapes();
  }

  /** Memory for all parameters, all zeros. */
  public final ParameterBuffer zeros() {
    return declared().zeros();
  }

  /** Initial values of all parameters, drawn from {@code seed}. */
  public final ParameterBuffer initialize(long seed) {
    return declared().initialize(seed);
  }

  private Scope declared() {
    Scope scope = Scope.evaluation(type);
    addLoss(scope, LossSettings.smoothed(0));
    return scope;
  }

  /** The graph of a training step without gradients of the parameters named in {@code frozen}. */
  public final LossGraph trainingGraph(
      LossSettings loss, ParameterBuffer parameters, Set<String> frozen) {
    Scope scope = Scope.training(type, settings.dropout());
    return LossGraph.training(scope, addLoss(scope, loss), parameters, frozen);
  }

  /** The graph of a training step with gradients of all {@code parameters}. */
  final LossGraph trainingGraph(double labelSmoothing, ParameterBuffer parameters) {
    return trainingGraph(LossSettings.smoothed(labelSmoothing), parameters, Set.of());
  }

  /** The graph of validation: no dropout, no gradients. */
  public final LossGraph validationGraph(double labelSmoothing) {
    Scope scope = Scope.evaluation(type);
    return LossGraph.validation(scope, addLoss(scope, LossSettings.smoothed(labelSmoothing)));
  }

  /** Adds the whole model and its loss to {@code scope}. */
  abstract CrossEntropyOp.Result addLoss(Scope scope, LossSettings settings);

  /** The loss of {@code logits}. */
  static CrossEntropyOp.Result loss(
      SDVariable logits, SDVariable targets, SDVariable mask, LossSettings settings) {
    CrossEntropyOp.Result result =
        CrossEntropyOp.of(logits, targets, mask, settings.labelSmoothing());
    if (settings.rDrop() == 0) {
      return result;
    }
    SDVariable divergence = RDropOp.of(logits, mask).mul(settings.rDrop());
    return new CrossEntropyOp.Result(result.loss().add(divergence), result.negativeLogLikelihood());
  }
}
