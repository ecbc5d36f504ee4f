package org.yuqiao.model;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.layers.base.Linear;
import org.yuqiao.layers.base.Scope;

/**
 * An encoder with an output layer (Devlin et al. 2019): every token sees all others. It predicts a
 * label of each token or, for masked tokens, the original token.
 */
public final class EncoderOnly extends OneStackModel {
  /** The name of its stack, as in an encoder-decoder, so that one can initialize the other. */
  public static final String ENCODER = "encoder";

  private final Output output;

  /** What it predicts of a token. */
  public sealed interface Output {
    /** One of {@code count} labels. */
    record Labels(int count) implements Output {}

    /** A token of its vocabulary. */
    record Tokens() implements Output {}
  }

  /**
   * A model of the given sizes.
   *
   * @throws org.yuqiao.files.InvalidInputException for three-way weight tying, as there is one
   *     embedding
   */
  public EncoderOnly(ModelSettings settings, int vocabulary, Output output, DataType type) {
    super(settings, vocabulary, type);
    this.output = output;
  }

  @Override
  SDVariable logits(Scope scope, SDVariable tokens, SDVariable mask) {
    SelfAttentionStack stack =
        new SelfAttentionStack(
            scope,
            settings(),
            new StackShape(
                ENCODER, ENCODER + ".embedding", vocabulary(), settings().encoderLayers(), false));
    SDVariable states = stack.of(tokens, mask);
    return output instanceof Output.Labels labels
        ? new Linear(scope, "labels", settings().hiddenSize(), labels.count()).of(states)
        : tokenLogits(scope, stack, states);
  }

  /** L, the number of labels or tokens it predicts. */
  public int outputs() {
    return output instanceof Output.Labels labels ? labels.count() : vocabulary();
  }

  /** {@link #TOKENS} and {@link #MASK} to the logits of all labels {@code [B, T, L]}. */
  public InferenceGraph labelGraph() {
    Scope scope = Scope.evaluation(type());
    SDVariable logits = logits(scope, scope.ids(TOKENS), scope.input(MASK, -1, -1));
    return new InferenceGraph(scope.graph(), logits.name());
  }
}
