package org.yuqiao.store.samediff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.session.InferenceWeights;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.decode.step.IncrementalDecoder;
import org.yuqiao.decode.step.StepOutputs;
import org.yuqiao.layers.attention.PositionScheme;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.ModelKind;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.Variants;
import org.yuqiao.store.graph.TranslatorGraphs;
import org.yuqiao.text.Tokenizer;

class SameDiffGraphTest {
  private static final List<int[]> SOURCES =
      List.of(new int[] {4, 9, 5, 7, 6}, new int[] {5, 8}, new int[] {9, 9, 4, 6});

  @TempDir private Path folder;

  static Stream<Named<ModelSettings>> transformers() {
    return Variants.all()
        .filter(variant -> variant.getPayload().kind() == ModelKind.ENCODER_DECODER)
        .filter(
            variant ->
                variant.getPayload().positions().isOnEmbeddings()
                    || variant.getPayload().positions() == PositionScheme.ROTARY);
  }

  private SameDiff load(String name) {
    return SameDiff.load(folder.resolve(name).toFile(), false);
  }

  @ParameterizedTest
  @MethodSource("transformers")
  void logProbabilitiesOfEachStepAreThoseOfTheModel(ModelSettings settings) {
    EncoderDecoder model = Variants.model(Variants.withoutDropout(settings), DataType.FLOAT);
    ParameterBuffer weights = model.initialize(5);
    TranslatorGraphs graphs = new TranslatorGraphs(model, weights, true);
    SameDiffGraph encoderGraph = new SameDiffGraph();
    graphs.encoder(encoderGraph);
    encoderGraph.save(folder.resolve("encoder.fb"));
    SameDiffGraph decoderGraph = new SameDiffGraph();
    graphs.decoder(decoderGraph);
    decoderGraph.save(folder.resolve("decoder.fb"));

    SameDiff encoder = load("encoder.fb");
    SameDiff decoder = load("decoder.fb");
    int length = 6;
    int[][] ids = new int[SOURCES.size()][length];
    float[][] mask = new float[SOURCES.size()][length];
    for (int i = 0; i < ids.length; i++) {
      int[] source = SOURCES.get(i);
      System.arraycopy(source, 0, ids[i], 0, source.length);
      ids[i][source.length] = Tokenizer.EOS;
      Arrays.fill(mask[i], 0, source.length + 1, 1);
    }
    List<String> cross =
        decoder.inputs().stream().filter(name -> name.contains(".cross.")).toList();
    List<String> past = decoder.inputs().stream().filter(n -> n.startsWith("past.")).toList();
    INDArray sourceMask = Nd4j.createFromArray(mask);
    Map<String, INDArray> inputs =
        new HashMap<>(
            encoder.output(
                Map.of("source", Nd4j.createFromArray(ids), "sourceMask", sourceMask), cross));
    inputs.put("sourceMask", sourceMask);
    for (String name : past) {
      SDVariable variable = decoder.getVariable(name);
      long[] shape = variable.getShape().clone();
      shape[0] = ids.length;
      for (int i = 1; i < shape.length; i++) {
        shape[i] = Math.max(0, shape[i]);
      }
      inputs.put(name, Nd4j.create(DataType.FLOAT, shape));
    }
    int[][] tokens = {{1, 1, 1}, {4, 10, 7}, {8, 5, 9}, {6, 6, 3}};
    try (IncrementalDecoder ours =
        new IncrementalDecoder(
            model, new InferenceWeights(weights), new Backend(1), new StepOutputs(true, false))) {
      ours.begin(SOURCES);
      for (int t = 0; t < tokens.length; t++) {
        ours.step(tokens[t]);
        inputs.put("tokens", Nd4j.createFromArray(tokens[t]).reshape(3, 1));
        inputs.put("position", Nd4j.createFromArray(t));
        List<String> outputs =
            Stream.concat(
                    Stream.of("logProbabilities"),
                    past.stream().map(name -> name.replace("past.", "present.")))
                .toList();
        Map<String, INDArray> result = decoder.output(inputs, outputs);
        INDArray found = result.get("logProbabilities");
        assertArrayEquals(new long[] {3, model.vocabularies().target()}, found.shape());
        for (int row = 0; row < 3; row++) {
          float[] expected = new float[model.vocabularies().target()];
          ours.read(row, expected);
          float[] values = found.getRow(row).toFloatVector();
          assertTrue(values[Tokenizer.PAD] < -1e8 && values[Tokenizer.BOS] < -1e8);
          for (int v = Tokenizer.EOS; v < values.length; v++) {
            assertEquals(expected[v], values[v], 1e-4, "step " + t + ", row " + row);
          }
        }
        past.forEach(name -> inputs.put(name, result.get(name.replace("past.", "present."))));
      }
    }
  }
}
