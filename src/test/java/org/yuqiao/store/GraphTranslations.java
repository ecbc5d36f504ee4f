package org.yuqiao.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.store.graph.ExportedSteps.Graph;
import org.yuqiao.store.onnx.OnnxSession;
import org.yuqiao.text.Tokenizer;

/**
 * Writes the greedy translations of exported graphs, for {@code
 * src/test/python/check_interoperability.py}, which starts it. The arguments are the folder of the
 * graphs, a file with the ids of a source a line, as a JSON array, and the file for those of the
 * translations.
 */
public final class GraphTranslations {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BATCH = 50;

  private final JsonNode config;
  private final Graph encoder;
  private final Graph decoder;

  private GraphTranslations(Path folder) throws IOException {
    this.config = JSON.readTree(folder.resolve("config.json").toFile());
    this.encoder = graph(folder.resolve(config.at("/encoder/file").asText()));
    this.decoder = graph(folder.resolve(config.at("/decoder/file").asText()));
  }

  private static Graph graph(Path file) {
    if (file.toString().endsWith(".onnx")) {
      return new OnnxSession(file)::run;
    }
    return SameDiff.load(file.toFile(), false)::output;
  }

  /** Translates the lines of a file. */
  public static void main(String[] arguments) throws IOException {
    GraphTranslations graphs = new GraphTranslations(Path.of(arguments[0]));
    List<int[]> sources = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(arguments[1]))) {
      sources.add(JSON.readValue(line, int[].class));
    }
    int[][] translations = graphs.translate(sources);
    try (PrintWriter out = new PrintWriter(arguments[2], StandardCharsets.UTF_8)) {
      for (int[] translation : translations) {
        out.println(JSON.writeValueAsString(translation));
      }
    }
  }

  /** Sources of one length are a batch, so that none is padded. */
  private int[][] translate(List<int[]> sources) {
    Map<Integer, List<Integer>> lengths = new TreeMap<>();
    for (int i = 0; i < sources.size(); i++) {
      lengths.computeIfAbsent(sources.get(i).length, length -> new ArrayList<>()).add(i);
    }
    int[][] translations = new int[sources.size()][];
    for (List<Integer> same : lengths.values()) {
      for (int from = 0; from < same.size(); from += BATCH) {
        List<Integer> batch = same.subList(from, Math.min(same.size(), from + BATCH));
        List<int[]> found = greedy(batch.stream().map(sources::get).toList());
        for (int i = 0; i < batch.size(); i++) {
          translations[batch.get(i)] = found.get(i);
        }
      }
    }
    return translations;
  }

  /** The loop of docs/interoperability.md. */
  private List<int[]> greedy(List<int[]> sources) {
    int rows = sources.size();
    int[][] ids = sources.stream().map(GraphTranslations::withEnd).toArray(int[][]::new);
    INDArray mask = Nd4j.ones(DataType.FLOAT, rows, ids[0].length);
    List<JsonNode> past = inputs("past.");
    Map<String, INDArray> inputs =
        new HashMap<>(
            encoder.run(
                Map.of("source", Nd4j.createFromArray(ids), "sourceMask", mask),
                inputs("").stream()
                    .map(GraphTranslations::name)
                    .filter(name -> name.contains(".cross."))
                    .toList()));
    inputs.put("sourceMask", mask);
    past.forEach(cache -> inputs.put(name(cache), empty(cache, rows)));
    List<String> outputs = new ArrayList<>(List.of("logProbabilities"));
    past.forEach(cache -> outputs.add(present(cache)));
    int[][] found = new int[rows][config.get("maxPositions").asInt() - 1];
    int[] lengths = new int[rows];
    Arrays.fill(lengths, -1);
    int[][] tokens = new int[rows][1];
    for (int[] token : tokens) {
      token[0] = Tokenizer.BOS;
    }
    for (int t = 0; t < found[0].length && Arrays.stream(lengths).anyMatch(n -> n < 0); t++) {
      inputs.put("tokens", Nd4j.createFromArray(tokens));
      inputs.put("position", Nd4j.createFromArray(t));
      Map<String, INDArray> step = decoder.run(inputs, outputs);
      for (int row = 0; row < rows; row++) {
        tokens[row][0] = best(step.get("logProbabilities").getRow(row).toFloatVector(), t == 0);
        found[row][t] = tokens[row][0];
        lengths[row] = lengths[row] < 0 && tokens[row][0] == Tokenizer.EOS ? t : lengths[row];
      }
      past.forEach(cache -> inputs.put(name(cache), step.get(present(cache))));
    }
    List<int[]> translations = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      translations.add(
          Arrays.copyOf(found[row], lengths[row] < 0 ? found[row].length : lengths[row]));
    }
    return translations;
  }

  /** A translation has at least one token, as everywhere in this program. */
  private static int best(float[] logProbabilities, boolean isFirst) {
    int best = isFirst ? Tokenizer.UNK : Tokenizer.EOS;
    for (int id = Tokenizer.EOS; id < logProbabilities.length; id++) {
      if (logProbabilities[id] > logProbabilities[best] && !(isFirst && id == Tokenizer.EOS)) {
        best = id;
      }
    }
    return best;
  }

  private static int[] withEnd(int[] source) {
    int[] ids = Arrays.copyOf(source, source.length + 1);
    ids[source.length] = Tokenizer.EOS;
    return ids;
  }

  private List<JsonNode> inputs(String prefix) {
    List<JsonNode> inputs = new ArrayList<>();
    for (JsonNode input : config.at("/decoder/inputs")) {
      if (name(input).startsWith(prefix)) {
        inputs.add(input);
      }
    }
    return inputs;
  }

  private static String name(JsonNode value) {
    return value.get("name").asText();
  }

  private static String present(JsonNode cache) {
    return name(cache).replace("past.", "present.");
  }

  /** A cache without positions, or a state of zeros: an axis of any length has a name. */
  private static INDArray empty(JsonNode cache, int rows) {
    long[] shape = new long[cache.get("shape").size()];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = axis == 0 ? rows : cache.get("shape").get(axis).asLong(0);
    }
    return Nd4j.create(DataType.FLOAT, shape);
  }
}
