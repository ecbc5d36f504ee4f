package org.yuqiao.model;

import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.layers.attention.DecodingStep;
import org.yuqiao.layers.attention.MultiHeadAttention.KeysAndValues;
import org.yuqiao.layers.base.Scope;

/**
 * A language model: a decoder without cross-attention (Radford et al. 2018, section 3.1). It
 * predicts the token after each token.
 */
public final class DecoderOnly extends OneStackModel {
  private static final String NAME = "decoder";

  /**
   * A model of the given sizes.
   *
   * @throws org.yuqiao.files.InvalidInputException for three-way weight tying, as there is one
   *     embedding
   */
  public DecoderOnly(ModelSettings settings, int vocabulary, DataType type) {
    super(settings, vocabulary, type);
  }

  private SelfAttentionStack stack(Scope scope) {
    return new SelfAttentionStack(
        scope,
        settings(),
        new StackShape(NAME, NAME + ".embedding", vocabulary(), settings().decoderLayers(), true));
  }

  @Override
  SDVariable logits(Scope scope, SDVariable tokens, SDVariable mask) {
    SelfAttentionStack stack = stack(scope);
    return tokenLogits(scope, stack, stack.of(tokens, mask));
  }

  /** {@link #TOKENS} and {@link #MASK} to the logits of each next token {@code [B, T, V]}. */
  public InferenceGraph wholeGraph() {
    Scope scope = Scope.evaluation(type());
    SDVariable logits = logits(scope, scope.ids(TOKENS), scope.input(MASK, -1, -1));
    return new InferenceGraph(scope.graph(), logits.name());
  }

  /** The graph that is run once for each token. */
  public StepGraph stepGraph() {
    Scope scope = Scope.evaluation(type());
    DecodingStep step = StepGraph.position(scope);
    CacheInputs self = new CacheInputs(scope, settings().hiddenSize());
    List<KeysAndValues> caches =
        IntStream.range(0, settings().decoderLayers())
            .mapToObj(i -> self.keysAndValues(NAME + "." + i + ".self"))
            .toList();
    SelfAttentionStack stack = stack(scope);
    SDVariable states = stack.step(scope.ids(StepGraph.TOKENS), step, caches);
    return new StepGraph(
        scope.graph(),
        tokenLogits(scope, stack, states).name(),
        self.names(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
