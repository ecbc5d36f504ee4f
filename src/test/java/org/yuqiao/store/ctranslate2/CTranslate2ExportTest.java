package org.yuqiao.store.ctranslate2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.SafeTensors;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.marian.MarianImport;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;

/**
 * The reference is CTranslate2's own converter of the same Marian folders; {@code make_fixtures.py}
 * wrote digests of its files. Only rows of vocabularies are in another order there.
 */
class CTranslate2ExportTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FIXTURES = Path.of("src/test/resources/org/yuqiao/store");

  @TempDir private Path temporary;

  private RunFolder imported(String name) {
    Path out = temporary.resolve(name);
    new MarianImport(FIXTURES.resolve("marian").resolve(name), Optional.empty(), Optional.empty())
        .write(out);
    return new RunFolder(out);
  }

  /** An imported model's folder with other settings, each given as "old value/new value". */
  private RunFolder changed(String... changes) throws IOException {
    RunFolder run = imported("shared");
    Files.delete(run.path().resolve("model.json"));
    String settings = Files.readString(run.settings());
    for (String change : changes) {
      String[] sides = change.split("/");
      assertTrue(settings.contains(sides[0]), settings);
      settings = settings.replace(sides[0], sides[1]);
    }
    Files.writeString(run.settings(), settings);
    return run;
  }

  private BinaryFile export(RunFolder run, boolean int8) throws IOException {
    Path out = temporary.resolve("exported");
    new CTranslate2Export(run, int8).write(out);
    return BinaryFile.read(out.resolve("model.bin"));
  }

  @ParameterizedTest
  @CsvSource({"shared, float32", "shared, int8", "separate, float32", "separate, int8"})
  void variablesAreThoseOfTheReference(String name, String type) throws IOException {
    BinaryFile file = export(imported(name), type.equals("int8"));
    JsonNode expected =
        JSON.readTree(FIXTURES.resolve("ctranslate2/" + name + "-" + type + ".json").toFile());
    JsonNode head = expected.get("head");
    assertEquals(head.get(0).asInt(), file.version());
    assertEquals(head.get(1).asText(), file.spec());
    assertEquals(head.get(2).asInt(), file.revision());
    assertEquals(JSON.valueToTree(file.aliases()), expected.get("aliases"));
    for (Map.Entry<String, JsonNode> variable : expected.get("variables").properties()) {
      String key = variable.getKey();
      assertTrue(file.variables().containsKey(key), key);
      BinaryFile.Variable found = file.variables().get(key);
      assertEquals(variable.getValue().get(0).asInt(), found.type(), key);
      if (key.matches(".*/(embeddings.*|projection)/.*")) {
        // The reference leaves out Marian's <pad>, which is <bos> here, and <pad> comes on top.
        assertEquals(variable.getValue().get(1).get(0).asInt() + 2, found.shape().get(0), key);
      } else if (!key.endsWith("start_from_zero_embedding")) {
        assertEquals(variable.getValue().get(1), JSON.valueToTree(found.shape()), key);
        // The folder "separate" holds its sinusoids in float16, and so does the reference then.
        if (!(name.equals("separate") && key.endsWith("/encodings"))) {
          assertEquals(variable.getValue().get(2).asLong(), found.crc(), key);
        }
      }
    }
    assertEquals(expected.get("variables").size(), file.variables().size());
  }

  @Test
  void theVocabularyBeginsWithTheSpecialTokensOfTheConfiguration() throws IOException {
    RunFolder run = imported("shared");
    BinaryFile file = export(run, false);
    Path out = temporary.resolve("exported");
    JsonNode vocabulary = JSON.readTree(out.resolve("shared_vocabulary.json").toFile());
    List<String> pieces = run.loadTokenizer(Language.EN).pieces();
    assertEquals(JSON.valueToTree(pieces), vocabulary);
    JsonNode config = JSON.readTree(out.resolve("config.json").toFile());
    assertEquals("<bos>", config.get("decoder_start_token").asText());
    assertEquals("<eos>", config.get("eos_token").asText());
    assertEquals("<unk>", config.get("unk_token").asText());
    assertTrue(config.get("add_source_eos").asBoolean());
    assertTrue(Files.exists(out.resolve("tokenizer.zh.spm")));
    BinaryFile.Variable bias = file.variables().get("decoder/projection/bias");
    assertEquals(pieces.size(), bias.floats().length);
    assertTrue(bias.floats()[Tokenizer.PAD] < -1e6 && bias.floats()[Tokenizer.BOS] < -1e6);
    assertTrue(bias.floats()[Tokenizer.EOS] > -1e3);
  }

  @Test
  void sidesWithVocabulariesOfTheirOwnHaveAFileEach() throws IOException {
    export(imported("separate"), false);
    assertTrue(Files.exists(temporary.resolve("exported/source_vocabulary.json")));
    assertTrue(Files.exists(temporary.resolve("exported/target_vocabulary.json")));
    assertFalse(Files.exists(temporary.resolve("exported/shared_vocabulary.json")));
  }

  /** Replaces the weights by numbers that count up. */
  private static void fill(RunFolder run) {
    ExperimentSettings settings = run.loadSettings();
    EncoderDecoder model =
        settings.translationModel(
            run.loadTokenizer(settings.source()).size(),
            run.loadTokenizer(settings.target()).size());
    Map<String, long[]> shapes = model.shapes();
    SafeTensors.write(
        run.model(),
        shapes,
        Map.of(),
        name -> {
          long size = Arrays.stream(shapes.get(name)).reduce(1, Math::multiplyExact);
          float[] values = new float[(int) size];
          for (int i = 0; i < values.length; i++) {
            values[i] = i;
          }
          return FloatBuffer.wrap(values);
        });
  }

  @Test
  void shawsPositionsSharedProjectionsAndGatesHaveTheirVariables() throws IOException {
    RunFolder run =
        changed(
            "positions: \"sinusoidal-halves\"/positions: \"relative-shaw\"",
            "queryKey: \"separate\"/queryKey: \"shared\"",
            " scale: \"sqrt\"/ scale: \"none\"",
            "feedForwardType: \"plain\"/feedForwardType: \"gated\"",
            "layerNorm: \"post\"/layerNorm: \"pre\"",
            "weightTying: \"three-way\"/weightTying: \"none\"",
            "outputBias: true/outputBias: false");
    fill(run);
    BinaryFile file = export(run, false);
    String layer = "decoder/layer_1/";
    Map<String, BinaryFile.Variable> found = file.variables();
    assertEquals(
        List.of(33, 8), found.get(layer + "self_attention/relative_position_keys").shape());
    assertEquals(
        List.of(33, 8), found.get(layer + "self_attention/relative_position_values").shape());
    assertEquals(1, found.get(layer + "attention/queries_scale").floats()[0]);
    assertEquals(List.of(32, 16), found.get(layer + "ffn/linear_0_noact/weight").shape());
    assertEquals(List.of(16), found.get("encoder/layer_norm/gamma").shape());
    assertEquals(1, found.get("decoder/pre_norm").bytes()[0]);
    assertTrue(found.containsKey("decoder/projection/weight"));
    assertTrue(file.aliases().isEmpty());
    assertFalse(found.containsKey("decoder/position_encodings/encodings"));
    float[] joined = found.get(layer + "self_attention/linear_0/weight").floats();
    assertArrayEquals(new float[] {0, 16, 32}, Arrays.copyOf(joined, 3));
    assertArrayEquals(
        Arrays.copyOf(joined, 16 * 16), Arrays.copyOfRange(joined, 16 * 16, 2 * 16 * 16));
  }

  @Test
  void layersShareTheBiasesOfDistances() throws IOException {
    RunFolder run = changed("positions: \"sinusoidal-halves\"/positions: \"relative-bias\"");
    fill(run);
    BinaryFile file = export(run, false);
    String attention = "encoder/layer_0/self_attention/relative_attention_";
    assertEquals(List.of(32, 2), file.variables().get(attention + "bias").shape());
    assertEquals(
        attention + "bias",
        file.aliases().get("encoder/layer_1/self_attention/relative_attention_bias"));
    byte[] distance = file.variables().get(attention + "max_distance").bytes();
    assertArrayEquals(new byte[] {(byte) 128, 0, 0, 0}, distance);
  }

  @Test
  void encodingsOfTheMarianToolkitAreATable() throws IOException {
    RunFolder run = changed("positions: \"sinusoidal-halves\"/positions: \"sinusoidal-marian\"");
    String name = "decoder/position_encodings/encodings";
    float[] table = export(run, false).variables().get(name).floats();
    // Position 1, width 16: the last sine has the wavelength 2 pi 10000.
    assertEquals(Math.sin(1), table[16], 1e-6);
    assertEquals(Math.sin(1e-4), table[16 + 7], 1e-9);
    assertEquals(Math.cos(1), table[16 + 8], 1e-6);
  }

  @ParameterizedTest
  @CsvSource({
    "positions: \"sinusoidal-halves\"/positions: \"transformer-xl\", model.positions transformer-xl",
    "positions: \"sinusoidal-halves\"/positions: \"rotary\", model.positions rotary",
    "decoderBlock: \"self-attention\"/decoderBlock: \"ssru\", model.decoderBlock ssru",
    "function: \"softmax\"/function: \"relu\", model.attention.function relu",
  })
  void aSettingThatTheFormatLacksIsRefused(String change, String problem) throws IOException {
    RunFolder run = changed(change);
    String message =
        assertThrows(InvalidInputException.class, () -> new CTranslate2Export(run, false))
            .getMessage();
    assertEquals("CTranslate2 has no " + problem, message);
  }

  @Test
  void aFolderThatIsNotEmptyIsRefused() {
    RunFolder run = imported("shared");
    CTranslate2Export export = new CTranslate2Export(run, false);
    assertThrows(InvalidInputException.class, () -> export.write(run.path()));
  }
}
