package org.yuqiao.model;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.op.CrossEntropyOp;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.layers.base.Linear;
import org.yuqiao.layers.base.Scope;

/**
 * A model with one stack that predicts a label of each token: an encoder or a decoder alone. The
 * loss is the cross-entropy of the labels at the positions that have one.
 */
public abstract sealed class OneStackModel extends Model permits DecoderOnly, EncoderOnly {
  /** Placeholder of token ids {@code [B, T]}. */
  public static final String TOKENS = "tokens";

  /** Placeholder {@code [B, T]}, 1 for a token, 0 for padding. */
  public static final String MASK = "mask";

  /** Placeholder of label ids {@code [B, T]}; for a language model, of the next tokens. */
  public static final String LABELS = "labels";

  /** Placeholder {@code [B, T]}, 1 where there is a label. */
  public static final String LABEL_MASK = "labelMask";

  private final int vocabulary;

  OneStackModel(ModelSettings settings, int vocabulary, DataType type) {
    super(settings, type);
    if (settings.weightTying() == WeightTying.THREE_WAY) {
      throw new InvalidInputException(
          "model.weightTying three-way needs two stacks; expected target or none");
    }
    this.vocabulary = vocabulary;
  }

  /** V, the size of the vocabulary. */
  public final int vocabulary() {
    return vocabulary;
  }

  @Override
  final CrossEntropyOp.Result addLoss(Scope scope, LossSettings settings) {
    SDVariable logits = logits(scope, scope.ids(TOKENS), scope.input(MASK, -1, -1));
    SDVariable labelMask = scope.input(LABEL_MASK, -1, -1);
    return loss(logits, scope.ids(LABELS), labelMask, settings);
  }

  /** Ids and mask {@code [B, T]} to the logits of all labels {@code [B, T, L]}. */
  abstract SDVariable logits(Scope scope, SDVariable tokens, SDVariable mask);

  /** The logits {@code [.., V]} of tokens, by the tied embeddings or by a separate output layer. */
  final SDVariable tokenLogits(Scope scope, SelfAttentionStack stack, SDVariable states) {
    return settings().weightTying() == WeightTying.NONE
        ? new Linear(scope, ModelSettings.OUTPUT, settings().hiddenSize(), vocabulary).of(states)
        : stack.logits(states);
  }
}
