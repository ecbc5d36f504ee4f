package org.yuqiao.store.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.session.InferenceWeights;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.decode.step.IncrementalDecoder;
import org.yuqiao.decode.step.StepOutputs;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.ModelKind;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.Variants;
import org.yuqiao.text.Tokenizer;

/** Four decoding steps of three sentences by exported graphs, beside those of the model. */
public final class ExportedSteps {
  private static final List<int[]> SOURCES =
      List.of(new int[] {4, 9, 5, 7, 6}, new int[] {5, 8}, new int[] {9, 9, 4, 6});
  private static final int[][] TOKENS = {{1, 1, 1}, {4, 10, 7}, {8, 5, 9}, {6, 6, 3}};
  private static final int LENGTH = 6;

  private ExportedSteps() {}

  /** A loaded graph, which its format can run. */
  @FunctionalInterface
  public interface Graph {
    /** The outputs of these names. */
    Map<String, INDArray> run(Map<String, INDArray> inputs, List<String> outputs);
  }

  /** All variants of the family that graphs express. */
  public static Stream<Named<ModelSettings>> transformers() {
    return Variants.all()
        .filter(variant -> variant.getPayload().kind() == ModelKind.ENCODER_DECODER);
  }

  /**
   * Requires the log-probabilities of all steps to be those of the model.
   *
   * @param empty makes an empty graph of the format
   * @param open loads a saved graph
   */
  public static <V> void assertEqual(
      ModelSettings settings,
      Path folder,
      Supplier<? extends GraphBuilder<V>> empty,
      Function<Path, Graph> open) {
    EncoderDecoder model = Variants.model(Variants.withoutDropout(settings), DataType.FLOAT);
    ParameterBuffer weights = model.initialize(5);
    TranslatorGraphs graphs = new TranslatorGraphs(model, weights, true);
    GraphBuilder<V> encoderGraph = empty.get();
    graphs.encoder(encoderGraph);
    GraphBuilder<V> decoderGraph = empty.get();
    GraphSignature signature = graphs.decoder(decoderGraph);
    Graph encoder = saved(encoderGraph, folder.resolve("encoder"), open);
    Graph decoder = saved(decoderGraph, folder.resolve("decoder"), open);
    int[][] ids = new int[SOURCES.size()][LENGTH];
    float[][] mask = new float[SOURCES.size()][LENGTH];
    for (int i = 0; i < ids.length; i++) {
      int[] source = SOURCES.get(i);
      System.arraycopy(source, 0, ids[i], 0, source.length);
      ids[i][source.length] = Tokenizer.EOS;
      Arrays.fill(mask[i], 0, source.length + 1, 1);
    }
    INDArray sourceMask = Nd4j.createFromArray(mask);
    Map<String, INDArray> inputs = new HashMap<>();
    inputs.put("sourceMask", sourceMask);
    List<GraphValue> past = past(signature);
    past.forEach(value -> inputs.put(value.name(), empty(value)));
    inputs.putAll(
        encoder.run(
            Map.of("source", Nd4j.createFromArray(ids), "sourceMask", sourceMask),
            cross(signature)));
    try (IncrementalDecoder ours =
        new IncrementalDecoder(
            model, new InferenceWeights(weights), new Backend(1), new StepOutputs(true, false))) {
      ours.begin(SOURCES);
      for (int t = 0; t < TOKENS.length; t++) {
        ours.step(TOKENS[t]);
        inputs.put("tokens", Nd4j.createFromArray(TOKENS[t]).reshape(3, 1));
        inputs.put("position", Nd4j.createFromArray(t));
        List<String> outputs =
            Stream.concat(
                    Stream.of(TranslatorGraphs.LOG_PROBABILITIES),
                    past.stream().map(value -> present(value.name())))
                .toList();
        Map<String, INDArray> result = decoder.run(inputs, outputs);
        assertRows(ours, result.get(TranslatorGraphs.LOG_PROBABILITIES), model, t);
        past.forEach(value -> inputs.put(value.name(), result.get(present(value.name()))));
      }
    }
  }

  private static Graph saved(GraphBuilder<?> graph, Path file, Function<Path, Graph> open) {
    graph.save(file);
    return open.apply(file);
  }

  private static String present(String past) {
    return past.replace(TranslatorGraphs.PAST, TranslatorGraphs.PRESENT);
  }

  private static List<GraphValue> past(GraphSignature decoder) {
    return decoder.inputs().stream()
        .filter(value -> value.name().startsWith(TranslatorGraphs.PAST))
        .toList();
  }

  private static List<String> cross(GraphSignature decoder) {
    return decoder.inputs().stream()
        .map(GraphValue::name)
        .filter(name -> name.contains(".cross."))
        .toList();
  }

  /** A cache without positions, or a state of zeros. */
  private static INDArray empty(GraphValue value) {
    long[] shape = value.axes().stream().mapToLong(axis -> axis.size().orElse(0)).toArray();
    shape[0] = SOURCES.size();
    return Nd4j.create(DataType.FLOAT, shape);
  }

  private static void assertRows(
      IncrementalDecoder ours, INDArray found, EncoderDecoder model, int step) {
    int vocabulary = model.vocabularies().target();
    assertArrayEquals(new long[] {SOURCES.size(), vocabulary}, found.shape());
    for (int row = 0; row < SOURCES.size(); row++) {
      float[] expected = new float[vocabulary];
      ours.read(row, expected);
      float[] values = found.getRow(row).toFloatVector();
      assertTrue(values[Tokenizer.PAD] < -1e8 && values[Tokenizer.BOS] < -1e8);
      for (int v = Tokenizer.EOS; v < vocabulary; v++) {
        assertEquals(expected[v], values[v], 1e-4, "step " + step + ", row " + row);
      }
    }
  }
}
