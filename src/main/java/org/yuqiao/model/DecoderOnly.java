package org.yuqiao.model;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.layers.attention.DecodingStep;
import org.yuqiao.layers.attention.MultiHeadAttention.KeysAndValues;
import org.yuqiao.layers.base.Scope;

/**
 * A language model: a decoder without cross-attention (Radford et al. 2018, section 3.1). What it
 * says of each token is which token comes next.
 */
public final class DecoderOnly extends OneStackModel {
  private static final String NAME = "decoder";

  /** Placeholder {@code [1]}: the position of the token that a step is fed. */
  public static final String POSITION = "position";

  /**
   * A model of the given sizes.
   *
   * @throws org.yuqiao.files.InvalidInputException when it is to tie a source embedding, which it
   *     has not
   */
  public DecoderOnly(ModelSettings settings, int vocabulary, DataType type) {
    super(settings, vocabulary, type);
  }

  private SelfAttentionStack stack(Scope scope) {
    return new SelfAttentionStack(
        scope,
        settings(),
        new SelfAttentionStack.Shape(
            NAME, NAME + ".embedding", vocabulary(), settings().decoderLayers(), true));
  }

  @Override
  SDVariable logits(Scope scope, SDVariable tokens, SDVariable mask) {
    SelfAttentionStack stack = stack(scope);
    return tokenScores(scope, stack, stack.of(tokens, mask));
  }

  /** {@link #TOKENS} and {@link #MASK} to the logits of each next one {@code [B, T, V]}. */
  public InferenceGraph wholeGraph() {
    Scope scope = Scope.evaluation(type());
    SDVariable logits = logits(scope, scope.ids(TOKENS), scope.input(MASK, -1, -1));
    return new InferenceGraph(scope.graph(), logits.name());
  }

  /**
   * One position of B texts: new token ids {@link #TOKENS} {@code [B, 1]}, {@link #POSITION},
   * {@link #MASK} {@code [B, C]} and the caches to the logits of the next token.
   *
   * @param logits the output's name {@code [B, 1, V]}
   * @param caches placeholders of the layers' keys and values {@code [B, C, D]}, which are extended
   *     in place
   */
  public record StepGraph(SameDiff graph, String logits, List<String> caches) {}

  /** The graph that is run once for each token. */
  public StepGraph stepGraph() {
    Scope scope = Scope.evaluation(type());
    SDVariable position = scope.graph().placeHolder(POSITION, DataType.INT32, 1);
    DecodingStep step = new DecodingStep(position, scope.input(MASK, -1, -1));
    SDVariable tokens = scope.ids(TOKENS);
    List<String> names = new ArrayList<>();
    List<KeysAndValues> caches = new ArrayList<>();
    for (int i = 0; i < settings().decoderLayers(); i++) {
      String keys = NAME + "." + i + ".self.keys";
      String values = NAME + "." + i + ".self.values";
      names.addAll(List.of(keys, values));
      int width = settings().hiddenSize();
      caches.add(
          new KeysAndValues(scope.input(keys, -1, -1, width), scope.input(values, -1, -1, width)));
    }
    SelfAttentionStack stack = stack(scope);
    SDVariable logits = tokenScores(scope, stack, stack.step(tokens, step, caches));
    return new StepGraph(scope.graph(), logits.name(), names);
  }
}
