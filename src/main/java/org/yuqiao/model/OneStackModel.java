package org.yuqiao.model;

import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.op.CrossEntropyOp;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.layers.base.Linear;
import org.yuqiao.layers.base.Scope;

/**
 * A model that reads one sequence of tokens and says something of each: an encoder or a decoder
 * alone. Its loss is the cross-entropy of the labels at the positions that have one.
 */
public abstract sealed class OneStackModel implements Model permits DecoderOnly, EncoderOnly {
  /** Placeholder of token ids {@code [B, T]}. */
  public static final String TOKENS = "tokens";

  /** Placeholder {@code [B, T]}, 1 for a token, 0 for padding. */
  public static final String MASK = "mask";

  /** Placeholder of what is to be said of each token, ids {@code [B, T]}. */
  public static final String LABELS = "labels";

  /** Placeholder {@code [B, T]}, 1 where there is a label. */
  public static final String LABEL_MASK = "labelMask";

  private final ModelSettings settings;
  private final int vocabulary;
  private final DataType type;

  OneStackModel(ModelSettings settings, int vocabulary, DataType type) {
    if (settings.weightTying() == WeightTying.THREE_WAY) {
      throw new InvalidInputException(
          "model.weightTying three-way needs two stacks; expected target or none");
    }
    this.settings = settings;
    this.vocabulary = vocabulary;
    this.type = type;
  }

  @Override
  public final ModelSettings settings() {
    return settings;
  }

  @Override
  public final DataType type() {
    return type;
  }

  /** The number of tokens there are. */
  public final int vocabulary() {
    return vocabulary;
  }

  @Override
  public final Map<String, long[]> shapes() {
    return declared().shapes();
  }

  @Override
  public final ParameterBuffer zeros() {
    return declared().zeros();
  }

  @Override
  public final ParameterBuffer initialize(long seed) {
    return declared().initialize(seed);
  }

  private Scope declared() {
    Scope scope = Scope.evaluation(type);
    addLoss(scope, 0);
    return scope;
  }

  @Override
  public final LossGraph trainingGraph(
      double labelSmoothing, ParameterBuffer parameters, Set<String> frozen) {
    Scope scope = Scope.training(type, settings.dropout());
    return LossGraph.training(scope, addLoss(scope, labelSmoothing), parameters, frozen);
  }

  @Override
  public final LossGraph validationGraph(double labelSmoothing) {
    Scope scope = Scope.evaluation(type);
    return LossGraph.validation(scope, addLoss(scope, labelSmoothing));
  }

  private CrossEntropyOp.Result addLoss(Scope scope, double labelSmoothing) {
    SDVariable logits = logits(scope, scope.ids(TOKENS), scope.input(MASK, -1, -1));
    SDVariable labelMask = scope.input(LABEL_MASK, -1, -1);
    return CrossEntropyOp.of(logits, scope.ids(LABELS), labelMask, labelSmoothing);
  }

  /** Ids and mask {@code [B, T]} to the logits of all labels {@code [B, T, L]}. */
  abstract SDVariable logits(Scope scope, SDVariable tokens, SDVariable mask);

  /**
   * The logits {@code [.., V]} of tokens: by the embeddings, or by an output layer of their own.
   */
  final SDVariable tokenScores(Scope scope, SelfAttentionStack stack, SDVariable states) {
    return settings.weightTying() == WeightTying.NONE
        ? new Linear(scope, "output", settings.hiddenSize(), vocabulary).of(states)
        : stack.scores(states);
  }
}
