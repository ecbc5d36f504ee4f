package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yuqiao.cli.ProgramProcess.Result;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.layers.attention.AttentionSettings;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.settings.SettingsTree;
import org.yuqiao.store.ForcedLogits;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.TinyModels;
import org.yuqiao.store.marian.MarianImport;
import org.yuqiao.text.Segmentation;
import org.yuqiao.text.Tokenizer;

/**
 * Each value of each switch of the family, exported to each format: the table of
 * docs/interoperability.md says which are refused. The reference of the others is the tool of the
 * format, which loaded the files; {@code make_expected.py} wrote the log-probabilities that it
 * found. With {@code -Dyuqiao.fixtures=FOLDER} this test writes these files.
 */
@Tag("slow")
class ExportFormatsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path RESOURCES = Path.of("src/test/resources/org/yuqiao");
  private static final String FIXTURES = System.getProperty("yuqiao.fixtures", "");

  /** Formats of other tools, and the file with the weights. */
  private static final Map<String, String> WEIGHTS =
      Map.of(
          "huggingface",
          "model.safetensors",
          "marian",
          "model.safetensors",
          "ctranslate2",
          "model.bin");

  private static final int[] SOURCE = {5, 9, 7, 12, 6};
  private static final int[] TARGET = {8, 5, 11, 6};

  @TempDir private static Path temporary;
  private static RunFolder imported;
  private static JsonNode expected;

  @BeforeAll
  static void read() throws IOException {
    Path folder = temporary.resolve("imported");
    new MarianImport(RESOURCES.resolve("store/marian/shared"), Optional.empty(), Optional.empty())
        .write(folder);
    imported = new RunFolder(folder);
    Path file = RESOURCES.resolve("cli/formats.json");
    expected = FIXTURES.isEmpty() ? JSON.readTree(file.toFile()) : JSON.createObjectNode();
  }

  /** The values of all switches, as {@code model.attention.scale: none}. */
  static List<String> switches() {
    List<String> all = new ArrayList<>();
    addSwitches("model.", ModelSettings.class, all);
    addSwitches("model.attention.", AttentionSettings.class, all);
    // These do not translate.
    all.removeAll(List.of("model.kind: encoder-only", "model.kind: decoder-only"));
    return all;
  }

  /** Those that differ from the defaults, the defaults themselves, and what the table names. */
  static List<String> tested() throws IOException {
    Map<String, JsonNode> defaults = SettingsTree.defaults().flat();
    Set<String> named = refusals().keySet();
    return switches().stream()
        .filter(
            value ->
                value.startsWith("model.kind")
                    || named.contains(value)
                    || !isDefault(value, defaults))
        .toList();
  }

  private static boolean isDefault(String value, Map<String, JsonNode> defaults) {
    String[] words = value.split(": ");
    return defaults.get(words[0]).asText().equals(words[1]);
  }

  private static void addSwitches(String prefix, Class<?> settings, List<String> all) {
    for (RecordComponent component : settings.getRecordComponents()) {
      Stream<?> values =
          component.getType() == boolean.class
              ? Stream.of(false, true)
              : component.getType().isEnum()
                  ? Arrays.stream(component.getType().getEnumConstants())
                  : Stream.of();
      values.forEach(value -> all.add(prefix + component.getName() + ": " + yamlName(value)));
    }
  }

  private static String yamlName(Object value) {
    return value.toString().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The formats that refuse each switch of the table in docs/interoperability.md. */
  private static Map<String, Set<String>> refusals() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("docs/interoperability.md"));
    int head = 0;
    while (!lines.get(head).startsWith("| switch |")) {
      head++;
    }
    String[] formats = cells(lines.get(head));
    Map<String, Set<String>> refusals = new HashMap<>();
    for (String line : lines.subList(head + 2, lines.size())) {
      if (!line.startsWith("|")) {
        break;
      }
      String[] cells = cells(line);
      Set<String> refused = new HashSet<>();
      for (int i = 1; i < cells.length; i++) {
        if (cells[i].equals("refused")) {
          refused.addAll(List.of(formats[i].split(", ")));
        }
      }
      for (String value : cells[0].replace("`", "").split(", ")) {
        refusals.put(value, refused);
      }
    }
    return refusals;
  }

  private static String[] cells(String row) {
    return Arrays.stream(row.substring(1).split("\\|")).map(String::strip).toArray(String[]::new);
  }

  @Test
  void theTableNamesSwitchesOfTheFamily() throws IOException {
    assertTrue(switches().size() > 30);
    assertTrue(switches().containsAll(refusals().keySet()), () -> switches().toString());
  }

  @ParameterizedTest
  @MethodSource("tested")
  void itIsExportedOrRefusedByItsName(String value) throws IOException {
    Set<String> refused = refusals().getOrDefault(value, Set.of());
    for (String format : List.of("huggingface", "marian", "ctranslate2", "samediff", "onnx")) {
      Path folder = Files.createDirectories(temporary.resolve(fileName(value)).resolve(format));
      RunFolder run = write(folder, value, format);
      Path out = folder.resolve("out");
      Result result =
          InProcess.run(
              "",
              "export",
              "--format",
              format,
              "--model",
              run.path().toString(),
              "--out",
              out.toString());
      if (refused.contains(format)) {
        assertEquals(1, result.exit(), format);
        assertEquals(1, result.err().strip().lines().count(), result.err());
        assertTrue(result.err().contains(value.replace(":", "")), result.err());
      } else {
        assertEquals(0, result.exit(), format + "\n" + result.err());
        if (WEIGHTS.containsKey(format)) {
          compare(run, out, format, value);
        }
      }
    }
  }

  private static String fileName(String value) {
    return value.replace("model.", "").replace(": ", "-");
  }

  /** A model with the defaults, or of Marian's settings, but for one value. */
  private static RunFolder write(Path folder, String value, String format) throws IOException {
    ObjectNode settings = JSON.createObjectNode();
    if (format.equals("marian") && !value.equals("model.kind: recurrent")) {
      put(settings, "model.layerNorm", "post");
      put(settings, "model.positions", "sinusoidal-halves");
    }
    String[] words = value.split(": ");
    put(settings, words[0], words[1]);
    if (value.equals("model.weightTying: three-way")) {
      put(settings, "subwords.joint", "true");
    }
    String yaml = settings.toString();
    return format.equals("marian")
        ? TinyModels.write(folder, "run", yaml, imported)
        : TinyModels.write(folder, "run", yaml, Segmentation.NONE);
  }

  private static void put(ObjectNode root, String key, String value) throws IOException {
    ObjectNode node = root;
    String[] path = key.split("\\.");
    for (String name : Arrays.copyOf(path, path.length - 1)) {
      node = node.withObject("/" + name);
    }
    node.set(
        path[path.length - 1],
        JSON.readTree(value.matches("true|false") ? value : '"' + value + '"'));
  }

  /** Compares with what the tool found, or writes the files for it. */
  private static void compare(RunFolder run, Path out, String format, String value)
      throws IOException {
    Path weights = out.resolve(WEIGHTS.get(format));
    if (!FIXTURES.isEmpty()) {
      Path copy = Path.of(FIXTURES).resolve(format).resolve(fileName(value));
      try (Stream<Path> files = Files.walk(out)) {
        for (Path file : files.toList()) {
          Path target = copy.resolve(out.relativize(file).toString());
          Files.createDirectories(target.getParent());
          Files.copy(file, target);
        }
      }
      JSON.writeValue(copy.resolve("request.json").toFile(), request(run, format));
      return;
    }
    JsonNode reference = expected.at("/" + format + "/" + fileName(value));
    CRC32 crc = new CRC32();
    crc.update(Files.readAllBytes(weights));
    assertEquals(reference.get("crc").asLong(), crc.getValue(), format);
    double[] found = logProbabilities(run, format);
    assertEquals(reference.get("logProbabilities").size(), found.length);
    for (int t = 0; t < found.length; t++) {
      double theirs = reference.get("logProbabilities").get(t).asDouble();
      assertEquals(theirs, found[t], 1e-4, format + " " + t);
    }
  }

  /** The tokens as the tool names them: ids of Transformers' joint vocabulary, or pieces. */
  private static ObjectNode request(RunFolder run, String format) {
    ObjectNode request = JSON.createObjectNode();
    Tokenizer source = run.loadTokenizer(run.loadSettings().source());
    Tokenizer target = run.loadTokenizer(run.loadSettings().target());
    if (format.equals("huggingface")) {
      int offset = source.pieces().equals(target.pieces()) ? 0 : source.size();
      request.set("source", JSON.valueToTree(SOURCE));
      request.set("target", JSON.valueToTree(Arrays.stream(TARGET).map(i -> i + offset).toArray()));
    } else {
      request.set("source", pieces(source, SOURCE));
      request.set("target", pieces(target, TARGET));
    }
    return request;
  }

  private static JsonNode pieces(Tokenizer tokenizer, int[] ids) {
    return JSON.valueToTree(Arrays.stream(ids).mapToObj(tokenizer.pieces()::get).toList());
  }

  /** Of the tokens of {@link #TARGET} and the end, without those that the format leaves out. */
  private static double[] logProbabilities(RunFolder run, String format) {
    int first =
        switch (format) {
          case "huggingface" -> Tokenizer.PAD;
          case "marian" -> Tokenizer.BOS;
          default -> Tokenizer.EOS;
        };
    try (TranslationModel model = TranslationModel.load(run.path());
        ForcedLogits forced = new ForcedLogits(model)) {
      float[][] logits = forced.of(SOURCE, TARGET);
      double[] found = new double[logits.length];
      for (int t = 0; t < found.length; t++) {
        double sum = 0;
        for (int id = first; id < logits[t].length; id++) {
          sum += Math.exp(logits[t][id]);
        }
        int token = t < TARGET.length ? TARGET[t] : Tokenizer.EOS;
        found[t] = logits[t][token] - Math.log(sum);
      }
      return found;
    }
  }
}
