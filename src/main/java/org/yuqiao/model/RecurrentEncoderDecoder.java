package org.yuqiao.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.op.CacheAppendOp;
import org.yuqiao.backend.op.RecurrentState;
import org.yuqiao.layers.base.Scope;
import org.yuqiao.layers.recurrent.RecurrentAttention;
import org.yuqiao.layers.recurrent.RecurrentDecoder;
import org.yuqiao.layers.recurrent.RecurrentEncoder;

/**
 * The recurrent encoder-decoder with attention of Bahdanau et al. 2015 or Luong et al. 2015: the
 * embeddings, output layer, loss and graphs of {@link EncoderDecoder} around other stacks. What is
 * kept from token to token is the decoder's state, not the positions before.
 */
final class RecurrentEncoderDecoder extends EncoderDecoder {
  private static final String KEYS = "decoder.cross.keys";
  private static final String ANNOTATIONS = "decoder.cross.values";

  RecurrentEncoderDecoder(ModelSettings settings, Vocabularies vocabularies, DataType type) {
    super(settings, vocabularies, type);
  }

  /** H: the encoder's states, and so what is computed of them, are as wide as the decoder's. */
  @Override
  public int memoryWidth() {
    return settings().recurrent().hiddenSize();
  }

  @Override
  public int heads() {
    return 1;
  }

  @Override
  SDVariable encode(Scope scope, SDVariable source, SDVariable mask) {
    RecurrentEncoder encoder =
        new RecurrentEncoder(
            scope,
            "encoder",
            settings().recurrent(),
            settings().hiddenSize(),
            settings().encoderLayers());
    return encoder.of(scope.dropout(sourceEmbedding(scope).of(source)), mask);
  }

  @Override
  SDVariable decode(
      Scope scope, SDVariable target, SDVariable mask, SDVariable memory, SDVariable memoryMask) {
    return decoded(scope, target, mask, memory, memoryMask).output();
  }

  private RecurrentDecoder.Decoded decoded(
      Scope scope, SDVariable target, SDVariable mask, SDVariable memory, SDVariable memoryMask) {
    SDVariable x = scope.dropout(targetEmbedding(scope).of(target));
    return decoder(scope).of(x, mask, memory, memoryMask);
  }

  /** Of a recurrent model there is attention to the source only, in one layer with one head. */
  @Override
  public TeacherForcedGraph teacherForcedGraph() {
    Scope scope = Scope.evaluation(type());
    SDVariable sourceMask = scope.input(SOURCE_MASK, -1, -1);
    SDVariable targetMask = scope.input(TARGET_MASK, -1, -1);
    SDVariable memory = encode(scope, scope.ids(SOURCE), sourceMask);
    RecurrentDecoder.Decoded decoded =
        decoded(scope, scope.ids(TARGET_IN), targetMask, memory, sourceMask);
    return new TeacherForcedGraph(
        scope.graph(),
        scores(scope, decoded.output()).name(),
        List.of(),
        List.of(),
        List.of(decoded.weights().name()));
  }

  private RecurrentDecoder decoder(Scope scope) {
    return RecurrentDecoder.of(
        scope,
        "decoder",
        new RecurrentDecoder.Sizes(
            settings().recurrent(), settings().decoderLayers(), settings().hiddenSize()));
  }

  @Override
  public SourceGraph sourceGraph() {
    Scope scope = Scope.evaluation(type());
    SDVariable memory = encode(scope, scope.ids(SOURCE), scope.input(SOURCE_MASK, -1, -1));
    RecurrentDecoder decoder = decoder(scope);
    List<String> outputs = new ArrayList<>();
    if (hasKeys()) {
      outputs.add(decoder.source(memory).keys().rename(KEYS).name());
    }
    List<RecurrentState> states = decoder.beginning(memory);
    outputs.add(memory.rename(ANNOTATIONS).name());
    for (int i = 0; i < states.size(); i++) {
      outputs.add(states.get(i).h().rename(state(i, "h")).name());
      String c = state(i, "c");
      states.get(i).c().ifPresent(x -> outputs.add(x.rename(c).name()));
    }
    return new SourceGraph(scope.graph(), outputs);
  }

  /** Whether the memory is met by way of keys that are computed of it. */
  private boolean hasKeys() {
    return settings().recurrent().attention() != RecurrentAttention.DOT;
  }

  private static String state(int layer, String what) {
    return "decoder." + layer + ".state." + what;
  }

  @Override
  public StepGraph stepGraph() {
    Scope scope = Scope.evaluation(type());
    SDVariable sourceMask = scope.input(SOURCE_MASK, -1, -1);
    List<String> cross = new ArrayList<>();
    SDVariable memory = cache(scope, ANNOTATIONS, cross);
    SDVariable keys = hasKeys() ? cache(scope, KEYS, cross) : memory;
    List<String> states = new ArrayList<>();
    List<RecurrentState> before = new ArrayList<>();
    for (int i = 0; i < settings().decoderLayers(); i++) {
      SDVariable h = cache(scope, state(i, "h"), states);
      Optional<SDVariable> c =
          settings().recurrent().cell().hasMemory()
              ? Optional.of(cache(scope, state(i, "c"), states))
              : Optional.empty();
      before.add(new RecurrentState(h, c));
    }
    SDVariable x = targetEmbedding(scope).of(scope.ids(TARGET_IN));
    RecurrentDecoder.Source source = new RecurrentDecoder.Source(keys, memory);
    RecurrentDecoder.Stepped stepped = decoder(scope).step(x, before, source, sourceMask);
    SDVariable logits = scores(scope, stepped.decoded().output());
    return new StepGraph(
        scope.graph(),
        logits.name(),
        List.of(),
        cross,
        states,
        updates(scope, before, stepped.states()),
        List.of(stepped.decoded().weights().name()));
  }

  private SDVariable cache(Scope scope, String name, List<String> names) {
    names.add(name);
    return scope.input(name, -1, -1, memoryWidth());
  }

  /** Puts the new states in the place of the old ones, after all that reads those. */
  private static List<String> updates(
      Scope scope, List<RecurrentState> before, List<RecurrentState> after) {
    SDVariable place = scope.graph().constant("place", Nd4j.createFromArray(0));
    List<String> updates = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      updates.add(CacheAppendOp.of(before.get(i).h(), after.get(i).h(), place).name());
      if (before.get(i).c().isPresent()) {
        SDVariable old = before.get(i).c().get();
        updates.add(CacheAppendOp.of(old, after.get(i).c().orElseThrow(), place).name());
      }
    }
    return updates;
  }
}
