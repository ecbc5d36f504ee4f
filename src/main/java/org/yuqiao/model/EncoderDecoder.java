package org.yuqiao.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.Backpropagation;
import org.yuqiao.backend.CrossEntropyOp;
import org.yuqiao.backend.LastPositionOp;
import org.yuqiao.backend.ParameterBuffer;
import org.yuqiao.files.BadInput;
import org.yuqiao.graph.DecoderLayer;
import org.yuqiao.graph.Embedding;
import org.yuqiao.graph.EncoderLayer;
import org.yuqiao.graph.LayerNorm;
import org.yuqiao.graph.Linear;
import org.yuqiao.graph.NormPlacement;
import org.yuqiao.graph.Positions;
import org.yuqiao.graph.Scope;

/**
 * The Transformer of "Attention Is All You Need", section 3. It is built three times from the same
 * parameters: as a training graph (loss and gradients), as an encoder graph (source to memory), and
 * as a decoder graph (memory and a prefix to the scores of the next token).
 */
public final class EncoderDecoder {
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
   * A model of the given sizes.
   *
   * @throws BadInput when it is to have one matrix for two vocabularies
   */
  public EncoderDecoder(ModelSettings settings, Vocabularies vocabularies, DataType type) {
    if (settings.tie() == Tie.THREE_WAY && !vocabularies.joint()) {
      throw new BadInput("model.tie three-way needs one vocabulary: set subwords.joint to true");
    }
    this.settings = settings;
    this.vocabularies = vocabularies;
    this.type = type;
  }

  /** The settings it was made with. */
  public ModelSettings settings() {
    return settings;
  }

  /** First values for all parameters, drawn from {@code seed}. */
  public ParameterBuffer initialise(long seed) {
    Scope scope = Scope.evaluation(type);
    addLoss(scope, 0);
    return scope.initialise(seed);
  }

  /**
   * A graph that computes the training loss and its gradients.
   *
   * @param loss the label-smoothed loss {@code [1]}, summed over tokens
   * @param negativeLogLikelihood the plain one {@code [1]}
   * @param gradients parameter names to names of their gradients; empty in a graph made for
   *     validation
   */
  public record LossGraph(
      SameDiff graph, String loss, String negativeLogLikelihood, Map<String, String> gradients) {
    /** Everything the graph can compute. */
    public List<String> outputs() {
      List<String> outputs = new ArrayList<>(List.of(loss, negativeLogLikelihood));
      outputs.addAll(gradients.values());
      return outputs;
    }
  }

  /** The graph of a training step. */
  public LossGraph trainingGraph(double labelSmoothing, ParameterBuffer parameters) {
    Scope scope = Scope.training(type, settings.dropout());
    CrossEntropyOp.Result result = addLoss(scope, labelSmoothing);
    SDVariable one = scope.graph().constant("one", Nd4j.ones(type, 1));
    List<String> names = new ArrayList<>();
    parameters.names().forEach(names::add);
    Map<String, String> gradients = new LinkedHashMap<>();
    Backpropagation.gradients(result.loss(), one, names)
        .forEach((name, gradient) -> gradients.put(name, gradient.name()));
    return lossGraph(scope, result, gradients);
  }

  /** The graph of validation: no dropout, no gradients. */
  public LossGraph validationGraph(double labelSmoothing) {
    Scope scope = Scope.evaluation(type);
    return lossGraph(scope, addLoss(scope, labelSmoothing), Map.of());
  }

  private static LossGraph lossGraph(
      Scope scope, CrossEntropyOp.Result result, Map<String, String> gradients) {
    return new LossGraph(
        scope.graph(), result.loss().name(), result.negativeLogLikelihood().name(), gradients);
  }

  private CrossEntropyOp.Result addLoss(Scope scope, double labelSmoothing) {
    SDVariable sourceMask = scope.input(SOURCE_MASK, -1, -1);
    SDVariable targetMask = scope.input(TARGET_MASK, -1, -1);
    SDVariable targetOut = scope.ids(TARGET_OUT);
    SDVariable memory = encode(scope, scope.ids(SOURCE), sourceMask);
    SDVariable states = decode(scope, scope.ids(TARGET_IN), targetMask, memory, sourceMask);
    return CrossEntropyOp.of(scores(scope, states), targetOut, targetMask, labelSmoothing);
  }

  /** A graph and the name of its one result. */
  public record InferenceGraph(SameDiff graph, String output) {}

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
    SDVariable memory = scope.input(MEMORY, -1, -1, settings.width());
    SDVariable sourceMask = scope.input(SOURCE_MASK, -1, -1);
    SDVariable targetMask = scope.input(TARGET_MASK, -1, -1);
    SDVariable states = decode(scope, scope.ids(TARGET_IN), targetMask, memory, sourceMask);
    SDVariable logits = scores(scope, LastPositionOp.of(states));
    return new InferenceGraph(scope.graph(), logits.name());
  }

  private SDVariable encode(Scope scope, SDVariable source, SDVariable mask) {
    Positions positions = positions(scope, "encoder", false);
    SDVariable x = embed(scope, sourceEmbedding(scope), source, positions);
    for (int i = 0; i < settings.encoderLayers(); i++) {
      x = new EncoderLayer(scope, "encoder." + i, settings.layerShape(), positions).of(x, mask);
    }
    return close(scope, "encoder.norm", x);
  }

  private SDVariable decode(
      Scope scope, SDVariable target, SDVariable mask, SDVariable memory, SDVariable memoryMask) {
    Positions positions = positions(scope, "decoder", true);
    SDVariable x = embed(scope, targetEmbedding(scope), target, positions);
    for (int i = 0; i < settings.decoderLayers(); i++) {
      DecoderLayer layer =
          new DecoderLayer(scope, "decoder." + i, settings.layerShape(), positions);
      x = layer.of(x, mask, memory, memoryMask);
    }
    return close(scope, "decoder.norm", x);
  }

  private Positions positions(Scope scope, String stack, boolean causal) {
    return Positions.of(settings.positions(), scope, settings.stack(stack, causal));
  }

  private static SDVariable embed(
      Scope scope, Embedding embedding, SDVariable ids, Positions positions) {
    return scope.dropout(positions.onEmbeddings(embedding.of(ids)));
  }

  /** With norms before the sub-layers, nothing has normalised the sum that leaves the stack. */
  private SDVariable close(Scope scope, String name, SDVariable x) {
    return settings.norm() == NormPlacement.PRE
        ? new LayerNorm(scope, name, settings.width()).of(x)
        : x;
  }

  private Embedding sourceEmbedding(Scope scope) {
    return new Embedding(scope, embeddingName("encoder"), vocabularies.source(), settings.width());
  }

  private Embedding targetEmbedding(Scope scope) {
    return new Embedding(scope, embeddingName("decoder"), vocabularies.target(), settings.width());
  }

  private String embeddingName(String side) {
    return settings.tie() == Tie.THREE_WAY ? "embedding" : side + ".embedding";
  }

  private SDVariable scores(Scope scope, SDVariable states) {
    return settings.tie() == Tie.NONE
        ? new Linear(scope, "output", settings.width(), vocabularies.target()).of(states)
        : targetEmbedding(scope).scores(states);
  }
}
