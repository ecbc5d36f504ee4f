package org.yuqiao.decode.trace;

import static org.yuqiao.files.InvalidInputException.require;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.session.Session;
import org.yuqiao.decode.explain.Explainer.Vocabularies;
import org.yuqiao.decode.step.TeacherForcedPass;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.ModelKind;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.TeacherForcedGraph;
import org.yuqiao.model.trace.StackVariables;
import org.yuqiao.text.Tokenizer;

/**
 * Computes a sentence pair by teacher forcing and keeps every intermediate value, from token ids to
 * probabilities. All numbers are those of the model's own graph; only the dot products before
 * scaling and the mask, which fused ops don't store, are computed anew in float32. For one thread.
 */
public final class HeadTracer implements AutoCloseable {
  private final WeightedModel weighted;
  private final Vocabularies vocabularies;
  private final TeacherForcedGraph graph;
  private final StackVariables encoder;
  private final StackVariables decoder;
  private final Session session;
  private final TeacherForcedPass pass;

  /**
   * A tracer of {@code weighted}.
   *
   * @throws InvalidInputException for a recurrent model
   */
  public HeadTracer(WeightedModel weighted, Vocabularies vocabularies, Backend backend) {
    EncoderDecoder model = weighted.model();
    require(
        model.settings().kind() == ModelKind.ENCODER_DECODER,
        "a recurrent model has no attention heads to show step by step");
    this.weighted = weighted;
    this.vocabularies = vocabularies;
    this.graph = model.teacherForcedGraph();
    this.encoder = StackVariables.encoder(model, graph);
    this.decoder = StackVariables.decoder(model, graph);
    List<String> outputs =
        Stream.of(graph.outputs(), encoder.computed(), decoder.computed())
            .flatMap(List::stream)
            .distinct()
            .toList();
    this.session = backend.session(graph.graph(), outputs, weighted.weights());
    this.pass = new TeacherForcedPass(model, graph, session);
  }

  /** The maximum number of tokens of a source or a translation. */
  public int longest() {
    return settings().maxPositions() - 1;
  }

  private ModelSettings settings() {
    return weighted.model().settings();
  }

  /**
   * Traces one head.
   *
   * @param source token ids without {@code <eos>}, at most {@link #longest}
   * @param target token ids without {@code <bos>} and {@code <eos>}, at most {@link #longest}
   * @throws InvalidInputException when the model has no such head, or a side is too long
   */
  public HeadTrace trace(int[] source, int[] target, AttentionHead head) {
    check(head);
    checkSource(source);
    requireLength("the translation", target);
    pass.run(source, target);
    List<TracedToken> read =
        TracedToken.of(
            IntStream.concat(IntStream.of(source), IntStream.of(Tokenizer.EOS)),
            vocabularies.source());
    List<TracedToken> fed =
        TracedToken.of(
            IntStream.concat(IntStream.of(Tokenizer.BOS), IntStream.of(target)),
            vocabularies.target());
    List<TracedToken> predicted =
        TracedToken.of(
            IntStream.concat(IntStream.of(target), IntStream.of(Tokenizer.EOS)),
            vocabularies.target());
    return new HeadTrace(head, read, fed, predicted, steps(head, read, fed));
  }

  private List<Step> steps(AttentionHead head, List<TracedToken> read, List<TracedToken> fed) {
    boolean isEncoder = head.kind() == AttentionKind.ENCODER;
    StackVariables stack = isEncoder ? encoder : decoder;
    TracedValues values = new TracedValues(session);
    Formulas formulas = new Formulas(settings());
    EncoderDecoder.Vocabularies sizes = weighted.model().vocabularies();
    List<Step> steps =
        new ArrayList<>(
            new EmbeddingSteps(graph, weighted.weights(), formulas, values)
                .of(
                    stack,
                    head,
                    isEncoder ? read : fed,
                    isEncoder ? sizes.source() : sizes.target()));
    steps.addAll(
        new LayerSteps(formulas, values, head)
            .of(stack, TracedToken.texts(read), TracedToken.texts(fed)));
    if (!isEncoder) {
      steps.addAll(
          new PredictionSteps(settings(), pass, values)
              .of(
                  graph.logits(),
                  steps.get(steps.size() - 1).symbol(),
                  TracedToken.texts(fed),
                  sizes.target()));
    }
    return List.copyOf(steps);
  }

  /**
   * Checks the number of source tokens.
   *
   * @throws InvalidInputException when they are more than the model reads
   */
  public void checkSource(int[] source) {
    requireLength("the sentence", source);
  }

  /**
   * Checks the numbers of a head.
   *
   * @throws InvalidInputException when the model has no such head
   */
  public void check(AttentionHead head) {
    boolean isEncoder = head.kind() == AttentionKind.ENCODER;
    int layers = head.kind().layers(settings());
    require(layers > 0, "the decoder of this model has no self-attention: it has SSRUs");
    requireNumber(isEncoder ? "encoder layer" : "decoder layer", head.layer(), layers);
    requireNumber("head", head.head(), settings().attention().heads());
  }

  private static void requireNumber(String noun, int number, int max) {
    require(
        number >= 1 && number <= max,
        "there is no " + noun + " " + number + "; the model has 1 to " + max);
  }

  private void requireLength(String side, int[] tokens) {
    require(
        tokens.length <= longest(),
        side + " has " + tokens.length + " tokens, but the model reads " + longest() + " at most");
  }

  @Override
  public void close() {
    pass.close();
  }
}
