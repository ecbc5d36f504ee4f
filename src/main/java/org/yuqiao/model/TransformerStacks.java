package org.yuqiao.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.layers.DecoderBlockType;
import org.yuqiao.layers.attention.MultiHeadAttention;
import org.yuqiao.layers.attention.MultiHeadAttention.KeysAndValues;
import org.yuqiao.layers.base.Scope;

/** The encoder and the decoder of the Transformer ("Attention Is All You Need", section 3.1). */
record TransformerStacks(ModelSettings settings, EncoderDecoder.Vocabularies vocabularies)
    implements EncoderDecoderStacks {
  private static final String ENCODER = "encoder";
  private static final String DECODER = "decoder";

  @Override
  public int memoryWidth() {
    return settings.hiddenSize();
  }

  @Override
  public int heads() {
    return settings.attention().heads();
  }

  @Override
  public SDVariable encode(Scope scope, SDVariable source, SDVariable mask) {
    StackShape shape =
        new StackShape(
            ENCODER,
            settings.weightTying().embeddingName(ENCODER),
            vocabularies.source(),
            settings.encoderLayers(),
            false);
    return new SelfAttentionStack(scope, settings, shape).of(source, mask);
  }

  private DecoderStack decoder(Scope scope) {
    StackShape shape =
        new StackShape(
            DECODER,
            settings.weightTying().embeddingName(DECODER),
            vocabularies.target(),
            settings.decoderLayers(),
            true);
    return new DecoderStack(scope, settings, shape);
  }

  @Override
  public List<String> encoderWeights() {
    return weights(ENCODER, settings.encoderLayers(), "self");
  }

  private static List<String> weights(String stack, int layers, String kind) {
    return IntStream.range(0, layers)
        .mapToObj(i -> MultiHeadAttention.weights(stack + "." + i + "." + kind))
        .toList();
  }

  @Override
  public Decoded decode(
      Scope scope, SDVariable target, SDVariable mask, SDVariable memory, SDVariable memoryMask) {
    return new Decoded(
        decoder(scope).of(target, mask, memory, memoryMask),
        hasSelfAttention() ? weights(DECODER, settings.decoderLayers(), "self") : List.of(),
        weights(DECODER, settings.decoderLayers(), "cross"));
  }

  private boolean hasSelfAttention() {
    return settings.decoderBlock() == DecoderBlockType.SELF_ATTENTION;
  }

  private static String cross(int layer) {
    return DECODER + "." + layer + ".cross";
  }

  @Override
  public List<String> cached(Scope scope, SDVariable memory) {
    List<String> names = new ArrayList<>();
    List<KeysAndValues> layers = decoder(scope).ofMemory(memory);
    for (int i = 0; i < layers.size(); i++) {
      names.add(layers.get(i).keys().rename(CacheInputs.keys(cross(i))).name());
      names.add(layers.get(i).values().rename(CacheInputs.values(cross(i))).name());
    }
    return names;
  }

  @Override
  public StepGraph stepGraph(Scope scope, SDVariable sourceMask, UnaryOperator<SDVariable> logits) {
    CacheInputs self = new CacheInputs(scope, memoryWidth());
    CacheInputs cross = new CacheInputs(scope, memoryWidth());
    CacheInputs states = new CacheInputs(scope, memoryWidth());
    List<DecoderStack.LayerCaches> caches = new ArrayList<>();
    List<SDVariable> before = new ArrayList<>();
    for (int i = 0; i < settings.decoderLayers(); i++) {
      List<SDVariable> past;
      if (hasSelfAttention()) {
        KeysAndValues own = self.keysAndValues(DECODER + "." + i + ".self");
        past = List.of(own.keys(), own.values());
      } else {
        past = List.of(states.input(DECODER + "." + i + ".self.state"));
        before.addAll(past);
      }
      caches.add(new DecoderStack.LayerCaches(past, cross.keysAndValues(cross(i))));
    }
    DecoderStack.Stepped stepped =
        decoder(scope)
            .step(scope.ids(StepGraph.TOKENS), StepGraph.position(scope), caches, sourceMask);
    return new StepGraph(
        scope.graph(),
        logits.apply(stepped.output()).name(),
        self.names(),
        cross.names(),
        states.names(),
        StepGraph.updates(scope, before, stepped.states()),
        stepped.crossWeights());
  }
}
