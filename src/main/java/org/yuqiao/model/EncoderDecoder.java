package org.yuqiao.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.op.CrossEntropyOp;
import org.yuqiao.backend.op.LastPositionOp;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.layers.DecoderLayer;
import org.yuqiao.layers.attention.DecodingStep;
import org.yuqiao.layers.attention.MultiHeadAttention;
import org.yuqiao.layers.attention.MultiHeadAttention.KeysAndValues;
import org.yuqiao.layers.attention.PositionOffset;
import org.yuqiao.layers.attention.Positions;
import org.yuqiao.layers.base.Embedding;
import org.yuqiao.layers.base.LayerNorm;
import org.yuqiao.layers.base.Linear;
import org.yuqiao.layers.base.NormPlacement;
import org.yuqiao.layers.base.Scope;

/**
 * The Transformer of "Attention Is All You Need", section 3. It is built several times from the
 * same parameters: as a training graph (loss and gradients); for translating, as a source graph
 * (run once a sentence) and a step graph (run once a token); as a forced graph, which tells what
 * the model looks at; and as an encoder and a decoder graph that compute everything anew for each
 * prefix, which the step graph is checked against. A recurrent model puts other stacks in the place
 * of its encoder and decoder; all else is the same.
 */
public class EncoderDecoder implements Model {
  /** Placeholder of source ids {@code [B, S]}. */
  public static final String SOURCE = "source";

  /** Placeholder {@code [B, S]}, 1 for a token, 0 for padding. */
  public static final String SOURCE_MASK = "sourceMask";

  /** Placeholder of target ids fed to the decoder {@code [B, T]}, beginning with &lt;bos&gt;. */
  public static final String TARGET_IN = "targetIn";

  /** Placeholder of target ids to be predicted {@code [B, T]}, ending with &lt;eos&gt;. */
  public static final String TARGET_OUT = "targetOut";

  /** Placeholder {@code [B, T]}, 1 for a token, 0 for padding. */
  public static final String TARGET_MASK = "targetMask";

  /** Placeholder of the encoder's output {@code [B, S, D]}. */
  public static final String MEMORY = "memory";

  /** Placeholder {@code [1]}: the position of the token that a decoding step is fed. */
  public static final String POSITION = "position";

  private final ModelSettings settings;
  private final Vocabularies vocabularies;
  private final DataType type;

  /**
   * The sizes of the vocabularies.
   *
   * @param joint whether both sides share one vocabulary
   */
  public record Vocabularies(int source, int target, boolean joint) {}

  /**
   * A Transformer of the given sizes; {@link #of} makes models of all kinds that translate.
   *
   * @throws InvalidInputException when it is to have one matrix for two vocabularies
   */
  public EncoderDecoder(ModelSettings settings, Vocabularies vocabularies, DataType type) {
    if (settings.kind() == ModelKind.RECURRENT && getClass() == EncoderDecoder.class) {
      throw new IllegalArgumentException("a recurrent model is no Transformer");
    }
    if (settings.weightTying() == WeightTying.THREE_WAY && !vocabularies.joint()) {
      throw new InvalidInputException(
          "model.weightTying three-way needs one vocabulary: set subwords.joint to true");
    }
    this.settings = settings;
    this.vocabularies = vocabularies;
    this.type = type;
  }

  /**
   * A model of the kind that the settings name.
   *
   * @throws InvalidInputException as the constructor does
   */
  public static EncoderDecoder of(
      ModelSettings settings, Vocabularies vocabularies, DataType type) {
    return settings.kind() == ModelKind.RECURRENT
        ? new RecurrentEncoderDecoder(settings, vocabularies, type)
        : new EncoderDecoder(settings, vocabularies, type);
  }

  /** The sizes of its vocabularies. */
  public final Vocabularies vocabularies() {
    return vocabularies;
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public ModelSettings settings() {
    return settings;
  }

  @Override
  public Map<String, long[]> shapes() {
    return declared().shapes();
  }

  @Override
  public ParameterBuffer zeros() {
    return declared().zeros();
  }

  @Override
  public ParameterBuffer initialize(long seed) {
    return declared().initialize(seed);
  }

  private Scope declared() {
    Scope scope = Scope.evaluation(type);
    addLoss(scope, 0);
    return scope;
  }

  @Override
  public LossGraph trainingGraph(
      double labelSmoothing, ParameterBuffer parameters, Set<String> frozen) {
    Scope scope = Scope.training(type, settings.dropout());
    return LossGraph.training(scope, addLoss(scope, labelSmoothing), parameters, frozen);
  }

  @Override
  public LossGraph validationGraph(double labelSmoothing) {
    Scope scope = Scope.evaluation(type);
    return LossGraph.validation(scope, addLoss(scope, labelSmoothing));
  }

  private CrossEntropyOp.Result addLoss(Scope scope, double labelSmoothing) {
    SDVariable sourceMask = scope.input(SOURCE_MASK, -1, -1);
    SDVariable targetMask = scope.input(TARGET_MASK, -1, -1);
    SDVariable targetOut = scope.ids(TARGET_OUT);
    SDVariable memory = encode(scope, scope.ids(SOURCE), sourceMask);
    SDVariable states = decode(scope, scope.ids(TARGET_IN), targetMask, memory, sourceMask);
    return CrossEntropyOp.of(scores(scope, states), targetOut, targetMask, labelSmoothing);
  }

  /** Source ids and mask to memory {@code [B, S, D]}. */
  public InferenceGraph encoderGraph() {
    Scope scope = Scope.evaluation(type);
    SDVariable memory = encode(scope, scope.ids(SOURCE), scope.input(SOURCE_MASK, -1, -1));
    return new InferenceGraph(scope.graph(), memory.name());
  }

  /**
   * Memory, source mask and a target prefix (with its mask of ones) to the logits of the next token
   * {@code [B, V]}.
   */
  public InferenceGraph decoderGraph() {
    Scope scope = Scope.evaluation(type);
    SDVariable memory = scope.input(MEMORY, -1, -1, memoryWidth());
    SDVariable sourceMask = scope.input(SOURCE_MASK, -1, -1);
    SDVariable targetMask = scope.input(TARGET_MASK, -1, -1);
    SDVariable states = decode(scope, scope.ids(TARGET_IN), targetMask, memory, sourceMask);
    SDVariable logits = scores(scope, LastPositionOp.of(states));
    return new InferenceGraph(scope.graph(), logits.name());
  }

  /** The graph that is run once for a batch of sentences. */
  public SourceGraph sourceGraph() {
    Scope scope = Scope.evaluation(type);
    SDVariable memory = encode(scope, scope.ids(SOURCE), scope.input(SOURCE_MASK, -1, -1));
    Positions positions = positions(scope);
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < settings.decoderLayers(); i++) {
      KeysAndValues ofLayer = layer(scope, i, positions).ofMemory(memory);
      outputs.add(ofLayer.keys().rename(keys(i, "cross")).name());
      outputs.add(ofLayer.values().rename(values(i, "cross")).name());
    }
    return new SourceGraph(scope.graph(), outputs);
  }

  /** The graph that is run once for each token. */
  public StepGraph stepGraph() {
    Scope scope = Scope.evaluation(type);
    SDVariable position = scope.graph().placeHolder(POSITION, DataType.INT32, 1);
    DecodingStep step = new DecodingStep(position, scope.input(TARGET_MASK, -1, -1));
    SDVariable sourceMask = scope.input(SOURCE_MASK, -1, -1);
    SDVariable embedded = targetEmbedding(scope).of(scope.ids(TARGET_IN));
    Positions positions = positions(scope);
    SDVariable x = positions.onEmbeddings(embedded, step.beginning());
    List<String> self = new ArrayList<>();
    List<String> cross = new ArrayList<>();
    List<String> weights = new ArrayList<>();
    for (int i = 0; i < settings.decoderLayers(); i++) {
      KeysAndValues own = caches(scope, i, "self", self);
      KeysAndValues memory = caches(scope, i, "cross", cross);
      DecoderLayer.Stepped stepped =
          layer(scope, i, positions).step(x, step, own, memory, sourceMask);
      weights.add(stepped.crossWeights().name());
      x = stepped.output();
    }
    SDVariable logits = scores(scope, close(scope, "decoder.norm", x));
    return new StepGraph(scope.graph(), logits.name(), self, cross, List.of(), List.of(), weights);
  }

  /** The graph that follows given translations and tells what it looks at. */
  public TeacherForcedGraph teacherForcedGraph() {
    Scope scope = Scope.evaluation(type);
    SDVariable sourceMask = scope.input(SOURCE_MASK, -1, -1);
    SDVariable targetMask = scope.input(TARGET_MASK, -1, -1);
    SDVariable memory = encode(scope, scope.ids(SOURCE), sourceMask);
    SDVariable states = decode(scope, scope.ids(TARGET_IN), targetMask, memory, sourceMask);
    return new TeacherForcedGraph(
        scope.graph(),
        scores(scope, states).name(),
        weights("encoder", settings.encoderLayers(), "self"),
        weights("decoder", settings.decoderLayers(), "self"),
        weights("decoder", settings.decoderLayers(), "cross"));
  }

  private static List<String> weights(String stack, int layers, String kind) {
    return IntStream.range(0, layers)
        .mapToObj(i -> MultiHeadAttention.weights(stack + "." + i + "." + kind))
        .toList();
  }

  private KeysAndValues caches(Scope scope, int layer, String kind, List<String> names) {
    String keys = keys(layer, kind);
    String values = values(layer, kind);
    names.add(keys);
    names.add(values);
    return new KeysAndValues(
        scope.input(keys, -1, -1, settings.hiddenSize()),
        scope.input(values, -1, -1, settings.hiddenSize()));
  }

  private static String keys(int layer, String kind) {
    return "decoder." + layer + "." + kind + ".keys";
  }

  private static String values(int layer, String kind) {
    return "decoder." + layer + "." + kind + ".values";
  }

  /** The columns of the encoder's output and of all that is kept while translating. */
  public int memoryWidth() {
    return settings.hiddenSize();
  }

  /** H, the heads of attention to the source. */
  public int heads() {
    return settings.attention().heads();
  }

  /** Source ids {@code [B, S]} and their mask to memory {@code [B, S, D]}. */
  SDVariable encode(Scope scope, SDVariable source, SDVariable mask) {
    SelfAttentionStack.Shape shape =
        new SelfAttentionStack.Shape(
            "encoder",
            sourceEmbeddingName(),
            vocabularies.source(),
            settings.encoderLayers(),
            false);
    return new SelfAttentionStack(scope, settings, shape).of(source, mask);
  }

  /** Target ids {@code [B, T]}, memory and both masks to states {@code [B, T, D]}. */
  SDVariable decode(
      Scope scope, SDVariable target, SDVariable mask, SDVariable memory, SDVariable memoryMask) {
    Positions positions = positions(scope);
    SDVariable x = embed(scope, targetEmbedding(scope), target, positions);
    for (int i = 0; i < settings.decoderLayers(); i++) {
      x = layer(scope, i, positions).of(x, mask, memory, memoryMask);
    }
    return close(scope, "decoder.norm", x);
  }

  private DecoderLayer layer(Scope scope, int i, Positions positions) {
    return new DecoderLayer(scope, "decoder." + i, settings.layerShape(), positions);
  }

  private Positions positions(Scope scope) {
    return Positions.of(settings.positions(), scope, settings.stack("decoder", true));
  }

  private static SDVariable embed(
      Scope scope, Embedding embedding, SDVariable ids, Positions positions) {
    SDVariable embedded = embedding.of(ids);
    return scope.dropout(positions.onEmbeddings(embedded, PositionOffset.OF_SEQUENCE));
  }

  /** With norms before the sub-layers, nothing has normalized the sum that leaves the stack. */
  private SDVariable close(Scope scope, String name, SDVariable x) {
    return settings.layerNorm() == NormPlacement.PRE
        ? new LayerNorm(scope, name, settings.hiddenSize()).of(x)
        : x;
  }

  /** The parameter that holds the embeddings of source tokens {@code [V, D]}. */
  public String sourceEmbeddingName() {
    return embeddingName("encoder");
  }

  /** The parameter that holds the embeddings of target tokens {@code [V, D]}. */
  public String targetEmbeddingName() {
    return embeddingName("decoder");
  }

  final Embedding sourceEmbedding(Scope scope) {
    return new Embedding(
        scope, sourceEmbeddingName(), vocabularies.source(), settings.hiddenSize());
  }

  final Embedding targetEmbedding(Scope scope) {
    return new Embedding(
        scope, targetEmbeddingName(), vocabularies.target(), settings.hiddenSize());
  }

  private String embeddingName(String side) {
    return settings.weightTying() == WeightTying.THREE_WAY ? "embedding" : side + ".embedding";
  }

  final SDVariable scores(Scope scope, SDVariable states) {
    return settings.weightTying() == WeightTying.NONE
        ? new Linear(scope, "output", settings.hiddenSize(), vocabularies.target()).of(states)
        : targetEmbedding(scope).scores(states);
  }
}
