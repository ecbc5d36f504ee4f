package org.yuqiao.store.samediff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.batch.BatchLimits;
import org.yuqiao.decode.batch.Translator;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.ModelWeights;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.marian.MarianImport;
import org.yuqiao.text.Tokenizer;

class SameDiffExportTest {
  private static final Path FIXTURE = Path.of("src/test/resources/org/yuqiao/store/marian/shared");

  @TempDir private Path temporary;

  private RunFolder imported() {
    Path out = temporary.resolve("imported");
    new MarianImport(FIXTURE, Optional.empty(), Optional.empty()).write(out);
    return new RunFolder(out);
  }

  /** The loop of docs/interoperability.md. */
  private static List<Integer> translate(
      SameDiff encoder, SameDiff decoder, int[] source, int[] cacheShape, int maxLength) {
    INDArray mask = Nd4j.ones(DataType.FLOAT, 1, source.length);
    INDArray ids = Nd4j.createFromArray(new int[][] {source});
    List<String> cross = decoder.inputs().stream().filter(n -> n.contains(".cross.")).toList();
    List<String> past = decoder.inputs().stream().filter(n -> n.startsWith("past.")).toList();
    List<String> outputs = new ArrayList<>(List.of("logProbabilities"));
    past.forEach(n -> outputs.add(n.replace("past.", "present.")));
    Map<String, INDArray> inputs =
        new HashMap<>(encoder.output(Map.of("source", ids, "sourceMask", mask), cross));
    inputs.put("sourceMask", mask);
    past.forEach(
        n -> inputs.put(n, Nd4j.create(DataType.FLOAT, 1, cacheShape[0], 0, cacheShape[1])));
    List<Integer> translation = new ArrayList<>();
    for (int t = 0, token = 1; t < maxLength; t++) {
      inputs.put("tokens", Nd4j.createFromArray(new int[][] {{token}}));
      inputs.put("position", Nd4j.createFromArray(t));
      Map<String, INDArray> step = decoder.output(inputs, outputs);
      token = step.get("logProbabilities").argMax(1).getInt(0);
      if (token == 2) {
        break;
      }
      translation.add(token);
      past.forEach(n -> inputs.put(n, step.get(n.replace("past.", "present."))));
    }
    return translation;
  }

  @Test
  void greedyTokensOfTheLoadedGraphsAreOurs() throws IOException {
    RunFolder run = imported();
    Path out = temporary.resolve("exported");
    new SameDiffExport(run).write(out);
    ExperimentSettings settings = run.loadSettings();
    Tokenizer zh = run.loadTokenizer(settings.source());
    EncoderDecoder model =
        settings.translationModel(zh.size(), run.loadTokenizer(settings.target()).size());
    List<int[]> sources =
        Files.readAllLines(Path.of("data/test.tsv")).stream()
            .limit(30)
            .map(line -> zh.encode(line.split("\t")[0]))
            .filter(ids -> ids.length < 30)
            .toList();
    assertTrue(sources.size() > 20);
    List<List<Hypothesis>> expected;
    try (Translator translator =
        new Translator(
            List.of(WeightedModel.of(model, ModelWeights.load(run, model))),
            new Backend(1),
            Strategy.withoutScores(DecodingSettings.beam(1, 1)),
            BatchLimits.DEFAULT)) {
      expected = translator.translate(sources, done -> {});
    }
    SameDiff encoder = SameDiff.load(out.resolve("encoder.fb").toFile(), false);
    SameDiff decoder = SameDiff.load(out.resolve("decoder.fb").toFile(), false);
    int[] cache = {model.heads(), model.memoryWidth() / model.heads()};
    for (int i = 0; i < sources.size(); i++) {
      int[] source = Arrays.copyOf(sources.get(i), sources.get(i).length + 1);
      source[source.length - 1] = Tokenizer.EOS;
      List<Integer> tokens =
          Arrays.stream(expected.get(i).get(0).tokens()).limit(12).boxed().toList();
      assertEquals(tokens, translate(encoder, decoder, source, cache, 12));
    }
  }

  @Test
  void theConfigurationNamesInputsOutputsAndSpecialTokens() throws IOException {
    Path out = temporary.resolve("exported");
    new SameDiffExport(imported()).write(out);
    JsonNode config = new ObjectMapper().readTree(out.resolve("config.json").toFile());
    assertEquals(2, config.at("/tokens/eos").asInt());
    assertEquals("encoder.fb", config.at("/encoder/file").asText());
    assertEquals("source", config.at("/encoder/inputs/0/name").asText());
    assertEquals("int32", config.at("/encoder/inputs/0/type").asText());
    assertEquals("[\"batch\",\"source\"]", config.at("/encoder/inputs/0/shape").toString());
    assertEquals("logProbabilities", config.at("/decoder/outputs/0/name").asText());
    assertTrue(Files.exists(out.resolve("tokenizer.zh.spm")));
  }

  @Test
  void aFolderThatIsNotEmptyIsRefused() {
    RunFolder run = imported();
    assertThrows(InvalidInputException.class, () -> new SameDiffExport(run).write(run.path()));
  }
}
