package org.yuqiao.model;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.op.CrossEntropyOp;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.layers.base.Linear;
import org.yuqiao.layers.base.Scope;

/**
 * A model that translates: the Transformer of "Attention Is All You Need", section 3, or a
 * recurrent encoder-decoder with attention. It builds four graphs of the same parameters:
 *
 * <ul>
 *   <li>the loss and its gradients, for training;
 *   <li>{@link #sourceGraph}, run once a sentence, and {@link #stepGraph}, run once a token, for
 *       translating;
 *   <li>{@link #teacherForcedGraph}, all positions of a given translation with attention weights.
 * </ul>
 *
 * <p>The layers are in {@link TransformerStacks} and {@link RecurrentStacks}.
 */
public final class EncoderDecoder extends Model {
  /** Placeholder of source ids {@code [B, S]}. */
  public static final String SOURCE = "source";

  /** Placeholder {@code [B, S]}, 1 for a token, 0 for padding. */
  public static final String SOURCE_MASK = "sourceMask";

  /** Placeholder of the decoder's input ids {@code [B, T]}, beginning with &lt;bos&gt;. */
  public static final String TARGET_IN = "targetIn";

  /** Placeholder of the target ids to predict {@code [B, T]}, ending with &lt;eos&gt;. */
  public static final String TARGET_OUT = "targetOut";

  /** Placeholder {@code [B, T]}, 1 for a token, 0 for padding. */
  public static final String TARGET_MASK = "targetMask";

  private final Vocabularies vocabularies;
  private final EncoderDecoderStacks stacks;

  /**
   * The sizes of the vocabularies.
   *
   * @param joint whether both sides share one vocabulary
   */
  public record Vocabularies(int source, int target, boolean joint) {}

  /**
   * A Transformer, or a recurrent model where {@code settings.kind()} is {@link
   * ModelKind#RECURRENT}.
   *
   * @throws InvalidInputException for three-way weight tying without a joint vocabulary
   */
  public EncoderDecoder(ModelSettings settings, Vocabularies vocabularies, DataType type) {
    super(settings, type);
    if (settings.weightTying() == WeightTying.THREE_WAY && !vocabularies.joint()) {
      throw new InvalidInputException(
          "model.weightTying three-way needs one vocabulary: set subwords.joint to true");
    }
    this.vocabularies = vocabularies;
    this.stacks =
        settings.kind() == ModelKind.RECURRENT
            ? new RecurrentStacks(settings, vocabularies)
            : new TransformerStacks(settings, vocabularies);
  }

  /** The sizes of its vocabularies. */
  public Vocabularies vocabularies() {
    return vocabularies;
  }

  /** The width of the encoder's output and of all caches while translating. */
  public int memoryWidth() {
    return stacks.memoryWidth();
  }

  /** H, the heads of cross-attention. */
  public int heads() {
    return stacks.heads();
  }

  @Override
  CrossEntropyOp.Result addLoss(Scope scope, LossSettings settings) {
    SDVariable sourceMask = scope.input(SOURCE_MASK, -1, -1);
    SDVariable targetMask = scope.input(TARGET_MASK, -1, -1);
    SDVariable targetOut = scope.ids(TARGET_OUT);
    SDVariable memory = stacks.encode(scope, scope.ids(SOURCE), sourceMask);
    SDVariable targetIn = scope.ids(TARGET_IN);
    SDVariable states = stacks.decode(scope, targetIn, targetMask, memory, sourceMask).states();
    return loss(logits(scope, states), targetOut, targetMask, settings);
  }

  /** Source ids and mask to memory {@code [B, S, D]}. */
  InferenceGraph encoderGraph() {
    Scope scope = Scope.evaluation(type());
    SDVariable memory = stacks.encode(scope, scope.ids(SOURCE), scope.input(SOURCE_MASK, -1, -1));
    return new InferenceGraph(scope.graph(), memory.name());
  }

  /** The graph that is run once for a batch of sentences. */
  public SourceGraph sourceGraph() {
    Scope scope = Scope.evaluation(type());
    SDVariable memory = stacks.encode(scope, scope.ids(SOURCE), scope.input(SOURCE_MASK, -1, -1));
    return new SourceGraph(scope.graph(), memory.name(), stacks.cached(scope, memory));
  }

  /** The graph that is run once for each token. */
  public StepGraph stepGraph() {
    Scope scope = Scope.evaluation(type());
    SDVariable sourceMask = scope.input(SOURCE_MASK, -1, -1);
    return stacks.stepGraph(scope, sourceMask, states -> logits(scope, states));
  }

  /** The graph of all positions of given translations, with attention weights. */
  public TeacherForcedGraph teacherForcedGraph() {
    Scope scope = Scope.evaluation(type());
    SDVariable sourceMask = scope.input(SOURCE_MASK, -1, -1);
    SDVariable targetMask = scope.input(TARGET_MASK, -1, -1);
    SDVariable memory = stacks.encode(scope, scope.ids(SOURCE), sourceMask);
    EncoderDecoderStacks.Decoded decoded =
        stacks.decode(scope, scope.ids(TARGET_IN), targetMask, memory, sourceMask);
    return new TeacherForcedGraph(
        scope.graph(),
        logits(scope, decoded.states()).name(),
        stacks.encoderWeights(),
        decoded.selfWeights(),
        decoded.crossWeights());
  }

  /** The parameter that holds the source embeddings {@code [V, D]}. */
  public String sourceEmbeddingName() {
    return settings().weightTying().embeddingName("encoder");
  }

  /** The parameter that holds the target embeddings {@code [V, D]}. */
  public String targetEmbeddingName() {
    return settings().weightTying().embeddingName("decoder");
  }

  /** The output layer: states {@code [.., D]} to logits {@code [.., V]}. */
  private SDVariable logits(Scope scope, SDVariable states) {
    int size = vocabularies.target();
    return settings().weightTying() == WeightTying.NONE
        ? new Linear(scope, ModelSettings.OUTPUT, settings().hiddenSize(), size).of(states)
        : settings()
            .tiedLogits(
                scope, settings().embedding(scope, targetEmbeddingName(), size), size, states);
  }
}
