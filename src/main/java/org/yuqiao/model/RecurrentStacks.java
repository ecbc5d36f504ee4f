package org.yuqiao.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.backend.op.recurrent.RecurrentState;
import org.yuqiao.layers.base.Scope;
import org.yuqiao.layers.recurrent.RecurrentAttention;
import org.yuqiao.layers.recurrent.RecurrentDecoder;
import org.yuqiao.layers.recurrent.RecurrentEncoder;

/**
 * The recurrent encoder and decoder with attention of Bahdanau et al. 2015 or Luong et al. 2015.
 * The decoder keeps its state from token to token instead of keys and values.
 */
record RecurrentStacks(ModelSettings settings, EncoderDecoder.Vocabularies vocabularies)
    implements EncoderDecoderStacks {
  private static final String ENCODER = "encoder";
  private static final String DECODER = "decoder";
  private static final String KEYS = CacheInputs.keys("decoder.cross");
  private static final String ANNOTATIONS = CacheInputs.values("decoder.cross");

  /** H: the encoder's states are as wide as the decoder's. */
  @Override
  public int memoryWidth() {
    return settings.recurrent().hiddenSize();
  }

  @Override
  public int heads() {
    return 1;
  }

  private SDVariable embed(Scope scope, String side, int vocabulary, SDVariable ids) {
    String name = settings.weightTying().embeddingName(side);
    return scope.dropout(settings.embedding(scope, name, vocabulary).of(ids));
  }

  @Override
  public SDVariable encode(Scope scope, SDVariable source, SDVariable mask) {
    RecurrentEncoder encoder =
        new RecurrentEncoder(
            scope, ENCODER, settings.recurrent(), settings.hiddenSize(), settings.encoderLayers());
    return encoder.of(embed(scope, ENCODER, vocabularies.source(), source), mask);
  }

  /** A recurrent encoder has no attention. */
  @Override
  public List<String> encoderWeights() {
    return List.of();
  }

  @Override
  public Decoded decode(
      Scope scope, SDVariable target, SDVariable mask, SDVariable memory, SDVariable memoryMask) {
    SDVariable x = embed(scope, DECODER, vocabularies.target(), target);
    RecurrentDecoder.Decoded decoded = decoder(scope).of(x, mask, memory, memoryMask);
    return new Decoded(decoded.output(), List.of(), List.of(decoded.weights().name()));
  }

  private RecurrentDecoder decoder(Scope scope) {
    return RecurrentDecoder.of(
        scope,
        DECODER,
        new RecurrentDecoder.Sizes(
            settings.recurrent(), settings.decoderLayers(), settings.hiddenSize()));
  }

  @Override
  public List<String> cached(Scope scope, SDVariable memory) {
    RecurrentDecoder decoder = decoder(scope);
    List<String> outputs = new ArrayList<>();
    if (hasKeys()) {
      outputs.add(decoder.source(memory).keys().rename(KEYS).name());
    }
    List<RecurrentState> states = decoder.initialStates(memory);
    outputs.add(memory.rename(ANNOTATIONS).name());
    for (int i = 0; i < states.size(); i++) {
      outputs.add(states.get(i).h().rename(state(i, "h")).name());
      String c = state(i, "c");
      states.get(i).c().ifPresent(x -> outputs.add(x.rename(c).name()));
    }
    return outputs;
  }

  /** Whether attention reads keys computed from the memory, and not the memory itself. */
  private boolean hasKeys() {
    return settings.recurrent().attention() != RecurrentAttention.DOT;
  }

  private static String state(int layer, String name) {
    return "decoder." + layer + ".state." + name;
  }

  @Override
  public StepGraph stepGraph(Scope scope, SDVariable sourceMask, UnaryOperator<SDVariable> logits) {
    CacheInputs cross = new CacheInputs(scope, memoryWidth());
    SDVariable memory = cross.input(ANNOTATIONS);
    SDVariable keys = hasKeys() ? cross.input(KEYS) : memory;
    CacheInputs states = new CacheInputs(scope, memoryWidth());
    List<RecurrentState> before = new ArrayList<>();
    for (int i = 0; i < settings.decoderLayers(); i++) {
      SDVariable h = states.input(state(i, "h"));
      Optional<SDVariable> c =
          settings.recurrent().cell().hasMemory()
              ? Optional.of(states.input(state(i, "c")))
              : Optional.empty();
      before.add(new RecurrentState(h, c));
    }
    SDVariable x = embed(scope, DECODER, vocabularies.target(), scope.ids(StepGraph.TOKENS));
    RecurrentDecoder.Source source = new RecurrentDecoder.Source(keys, memory);
    RecurrentDecoder.Stepped stepped = decoder(scope).step(x, before, source, sourceMask);
    return new StepGraph(
        scope.graph(),
        logits.apply(stepped.decoded().output()).name(),
        List.of(),
        cross.names(),
        states.names(),
        StepGraph.updates(scope, arrays(before), arrays(stepped.states())),
        List.of(stepped.decoded().weights().name()));
  }

  private static List<SDVariable> arrays(List<RecurrentState> states) {
    return states.stream().flatMap(state -> Stream.of(state.args())).toList();
  }
}
