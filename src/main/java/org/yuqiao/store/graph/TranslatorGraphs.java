package org.yuqiao.store.graph;

import static org.yuqiao.files.InvalidInputException.require;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.ModelKind;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.SourceGraph;
import org.yuqiao.model.StepGraph;
import org.yuqiao.text.Tokenizer;

/**
 * The two graphs of an exported translator: the encoder, run once a batch, and the decoder, run
 * once a token. B sentences, S source tokens, C target tokens so far, H heads, V target vocabulary:
 *
 * <ul>
 *   <li>the encoder has inputs {@code source} and {@code sourceMask} {@code [B, S]}; outputs {@code
 *       memory} {@code [B, S, D]}, and keys and values of cross-attention {@code [B, H, S, d_k]}
 *       for each decoder layer;
 *   <li>the decoder has inputs {@code tokens} {@code [B, 1]}, {@code position} {@code [1]}, {@code
 *       sourceMask}, those keys and values, and {@code past} ones {@code [B, H, C, d_k]}; outputs
 *       {@code logProbabilities} {@code [B, V]}, and {@code present} keys and values with C + 1
 *       positions. An SSRU has a state {@code [B, 1, D]} instead.
 * </ul>
 *
 * <p>The decoder may have k rows for each sentence, those of a sentence one after the other.
 */
public final class TranslatorGraphs {
  /** The encoder's output {@code [B, S, D]}. */
  public static final String MEMORY = "memory";

  /** The log-probabilities of the next token {@code [B, V]}. */
  public static final String LOG_PROBABILITIES = "logProbabilities";

  /** Prefix of the names of caches that the decoder reads. */
  public static final String PAST = "past.";

  /** Prefix of the names of caches that the decoder returns. */
  public static final String PRESENT = "present.";

  /** The log-probability of tokens that are never produced. */
  private static final double NEVER = -1e9;

  private static final Axis BATCH = Axis.of("batch");
  private static final Axis ROWS = Axis.of("rows");
  private static final Axis SOURCE_LENGTH = Axis.of("source");
  private static final Axis ONE = Axis.of(1);

  private final EncoderDecoder model;
  private final ParameterBuffer weights;
  private final List<Integer> never;

  /**
   * The graphs of a model.
   *
   * @param unknowns whether {@code <unk>} may be produced
   * @throws org.yuqiao.files.InvalidInputException as {@link #requireExpressible}
   */
  public TranslatorGraphs(EncoderDecoder model, ParameterBuffer weights, boolean unknowns) {
    this.model = model;
    this.weights = weights;
    this.never =
        unknowns
            ? List.of(Tokenizer.PAD, Tokenizer.BOS)
            : List.of(Tokenizer.PAD, Tokenizer.BOS, Tokenizer.UNK);
    requireExpressible(model.settings());
  }

  /**
   * Refuses models that the graphs cannot express.
   *
   * @throws org.yuqiao.files.InvalidInputException with the name of the setting
   */
  public static void requireExpressible(ModelSettings settings) {
    require(
        settings.kind() == ModelKind.ENCODER_DECODER,
        "graphs are exported of Transformers, not of model.kind " + settings.kindName());
  }

  /** The ids of tokens that are never produced. */
  public List<Integer> never() {
    return never;
  }

  private Axis[] keysAxes(Axis rows, Axis length) {
    int heads = model.heads();
    return new Axis[] {rows, Axis.of(heads), length, Axis.of(model.memoryWidth() / heads)};
  }

  /** Builds the encoder. */
  public <V> GraphSignature encoder(GraphBuilder<V> builder) {
    SourceGraph graph = model.sourceGraph();
    LoweredValues<V> values =
        new LoweredValues<>(graph.graph(), model.settings(), weights::view, builder);
    Ports<V> ports = new Ports<>(values);
    GraphValue source = GraphValue.integers(EncoderDecoder.SOURCE, BATCH, SOURCE_LENGTH);
    V ids = ports.input(source);
    ports.input(GraphValue.floats(EncoderDecoder.SOURCE_MASK, BATCH, SOURCE_LENGTH));
    values.putRows(EncoderDecoder.SOURCE, ids);
    List<String> outputs = new ArrayList<>(graph.outputs());
    outputs.add(graph.memory());
    new Lowering<>(values).run(outputs);
    Axis width = Axis.of(model.memoryWidth());
    ports.output(GraphValue.floats(MEMORY, BATCH, SOURCE_LENGTH, width), values.of(graph.memory()));
    for (String cache : graph.outputs()) {
      ports.output(GraphValue.floats(cache, keysAxes(BATCH, SOURCE_LENGTH)), values.heads(cache));
    }
    return ports.signature();
  }

  /** Builds the decoder's step. */
  public <V> GraphSignature decoder(GraphBuilder<V> builder) {
    StepGraph graph = model.stepGraph();
    LoweredValues<V> values =
        new LoweredValues<>(graph.graph(), model.settings(), weights::view, builder);
    Ports<V> ports = new Ports<>(values);
    V tokens = ports.input(GraphValue.integers(StepGraph.TOKENS, ROWS, ONE));
    values.putRows(StepGraph.TOKENS, tokens);
    ports.input(GraphValue.integers(StepGraph.POSITION, ONE));
    ports.input(GraphValue.floats(EncoderDecoder.SOURCE_MASK, BATCH, SOURCE_LENGTH));
    for (String cache : graph.crossCaches()) {
      GraphValue keys = GraphValue.floats(cache, keysAxes(BATCH, SOURCE_LENGTH));
      V input = builder.input(ports.declare(keys));
      values.putHeads(cache, input);
      values.putRows(cache, input);
    }
    Axis past = Axis.of("past");
    for (String cache : graph.selfCaches()) {
      GraphValue keys = GraphValue.floats(PAST + cache, keysAxes(ROWS, past));
      values.putHeads(cache, builder.input(ports.declare(keys)));
    }
    for (String state : graph.states()) {
      GraphValue before = GraphValue.floats(PAST + state, ROWS, ONE, Axis.of(model.memoryWidth()));
      values.put(state, builder.input(ports.declare(before)));
    }
    List<String> outputs = new ArrayList<>(graph.updates());
    outputs.add(graph.logits());
    new Lowering<>(values).run(outputs);
    ports.output(
        GraphValue.floats(LOG_PROBABILITIES, ROWS, Axis.of(model.vocabularies().target())),
        logProbabilities(values, graph.logits()));
    for (String cache : graph.selfCaches()) {
      ports.output(
          GraphValue.floats(PRESENT + cache, keysAxes(ROWS, Axis.of("present"))),
          values.appended(cache));
    }
    for (String state : graph.states()) {
      ports.output(
          GraphValue.floats(PRESENT + state, ROWS, ONE, Axis.of(model.memoryWidth())),
          values.appended(state));
    }
    return ports.signature();
  }

  private <V> V logProbabilities(LoweredValues<V> values, String logits) {
    GraphBuilder<V> builder = values.builder();
    int vocabulary = model.vocabularies().target();
    INDArray masked = Nd4j.zeros(DataType.FLOAT, vocabulary);
    never.forEach(token -> masked.putScalar(token, NEVER));
    V flat =
        builder.reshape(values.of(logits), values.sizes(values.rest(), values.fixed(vocabulary)));
    return builder.add(builder.logSoftmax(flat), builder.constant("never", masked));
  }

  /** The inputs and outputs of a graph under construction. */
  private static final class Ports<V> {
    private final LoweredValues<V> values;
    private final List<GraphValue> inputs = new ArrayList<>();
    private final List<GraphValue> outputs = new ArrayList<>();

    Ports(LoweredValues<V> values) {
      this.values = values;
    }

    GraphValue declare(GraphValue input) {
      inputs.add(input);
      return input;
    }

    V input(GraphValue input) {
      V value = values.builder().input(declare(input));
      values.put(input.name(), value);
      return value;
    }

    void output(GraphValue output, V value) {
      outputs.add(output);
      values.builder().output(output, value);
    }

    GraphSignature signature() {
      return new GraphSignature(List.copyOf(inputs), List.copyOf(outputs));
    }
  }
}
