package org.yuqiao.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.batch.BatchLimits;
import org.yuqiao.decode.batch.Translator;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.decode.step.LengthNormalization;
import org.yuqiao.files.SafeTensors;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.text.Language;

/**
 * Writes what a model computes, for {@code src/test/python/check_interoperability.py}, which starts
 * it. The argument is a JSON file:
 *
 * <p>{@code model}, {@code sources} and {@code targets} (files of lines); {@code decode} and {@code
 * logits}, the number of sources that are translated (greedy, with a beam, and with one that stops
 * early) and whose logits are written; {@code out}, the folder of {@code vocabularies.json}, {@code
 * tokens.jsonl} and {@code logits.bin}; {@code float32}, where given, a folder into which the model
 * is copied with float32 weights first.
 */
public final class ModelOutputs {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BEAM = 4;

  /** Only the model limits the length. */
  private static final double MAX_LENGTH_RATIO = 1000;

  private final JsonNode request;
  private final Path out;
  private final TranslationModel model;

  private ModelOutputs(JsonNode request, TranslationModel model) {
    this.request = request;
    this.out = Path.of(request.get("out").asText());
    this.model = model;
  }

  /** Reads the request {@code arguments[0]} and writes what it asks for. */
  public static void main(String[] arguments) throws IOException {
    JsonNode request = JSON.readTree(Path.of(arguments[0]).toFile());
    Path folder = Path.of(request.get("model").asText());
    if (request.has("float32")) {
      Path copy = Path.of(request.get("float32").asText());
      copyAsFloat32(new RunFolder(folder), new RunFolder(copy));
      folder = copy;
    }
    try (TranslationModel model = TranslationModel.load(folder)) {
      ModelOutputs outputs = new ModelOutputs(request, model);
      outputs.writeVocabularies(new RunFolder(folder));
      outputs.writeTokens();
    }
  }

  private static void copyAsFloat32(RunFolder run, RunFolder copy) throws IOException {
    Files.createDirectories(copy.path());
    for (Language language : Language.values()) {
      copy.saveTokenizer(language, run.loadTokenizer(language));
    }
    SafeTensors.write(copy.model(), SafeTensors.read(run.model()));
    Files.copy(run.settings(), copy.settings());
  }

  private void writeVocabularies(RunFolder run) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    Language source = model.settings().source();
    root.set("source", JSON.valueToTree(run.loadTokenizer(source).pieces()));
    root.set("target", JSON.valueToTree(model.targetTokenizer().pieces()));
    JSON.writeValue(out.resolve("vocabularies.json").toFile(), root);
  }

  private void writeTokens() throws IOException {
    List<int[]> sources = encoded("sources", model::encode);
    List<int[]> targets = encoded("targets", model.targetTokenizer()::encode);
    List<int[]> decoded = sources.subList(0, request.get("decode").asInt());
    List<int[]> greedy = translations(decoded, 1, false);
    List<int[]> beam = translations(decoded, BEAM, false);
    List<int[]> early = translations(decoded, BEAM, true);
    try (PrintWriter lines =
        new PrintWriter(out.resolve("tokens.jsonl").toFile(), StandardCharsets.UTF_8)) {
      for (int i = 0; i < Math.max(sources.size(), targets.size()); i++) {
        ObjectNode line = JSON.createObjectNode();
        put(line, "source", sources, i);
        put(line, "target", targets, i);
        put(line, "greedy", greedy, i);
        put(line, "beam", beam, i);
        put(line, "early", early, i);
        lines.println(line);
      }
    }
    int count = request.get("logits").asInt();
    writeLogits(decoded.subList(0, count), greedy.subList(0, count));
  }

  private interface Encoder {
    int[] encode(String line);
  }

  private List<int[]> encoded(String key, Encoder encoder) throws IOException {
    return Files.readAllLines(Path.of(request.get(key).asText())).stream()
        .map(encoder::encode)
        .toList();
  }

  private static void put(ObjectNode line, String key, List<int[]> all, int i) {
    if (i < all.size()) {
      line.set(key, JSON.valueToTree(all.get(i)));
    }
  }

  private List<int[]> translations(List<int[]> sources, int beam, boolean earlyStopping) {
    DecodingSettings settings =
        DecodingSettings.builder()
            .beamSize(beam)
            .lengthNormalization(LengthNormalization.LENGTH)
            .lengthPenalty(1)
            .maxLengthRatio(MAX_LENGTH_RATIO)
            .earlyStopping(earlyStopping)
            .build();
    try (Translator translator =
        new Translator(
            model.networks(),
            new Backend(Runtime.getRuntime().availableProcessors()),
            Strategy.withoutScores(settings),
            BatchLimits.DEFAULT)) {
      return translator.translate(sources, done -> {}).stream()
          .map(best -> best.get(0))
          .map(Hypothesis::tokens)
          .toList();
    }
  }

  /** The logits {@code [T + 1, V]} of greedy translations, one after the other, in float32. */
  private void writeLogits(List<int[]> sources, List<int[]> translations) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(4 * model.targetTokenizer().size()).order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream file =
            new BufferedOutputStream(Files.newOutputStream(out.resolve("logits.bin")));
        ForcedLogits forced = new ForcedLogits(model)) {
      for (int i = 0; i < sources.size(); i++) {
        for (float[] row : forced.of(sources.get(i), translations.get(i))) {
          bytes.asFloatBuffer().put(row);
          file.write(bytes.array());
        }
      }
    }
  }
}
