package org.yuqiao.store.huggingface;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.SafeTensors;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.layers.attention.SinusoidalPositions;
import org.yuqiao.store.ForcedLogits;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.TinyModels;
import org.yuqiao.store.marian.MarianImport;
import org.yuqiao.text.Language;
import org.yuqiao.text.Segmentation;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.normalize.TextNormalizer;

/**
 * The reference is Hugging Face Transformers, which loaded the exported folders; {@code
 * make_expected.py} wrote what it found. With {@code -Dyuqiao.fixtures=FOLDER} this test writes
 * these folders.
 */
class HuggingFaceExportTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path RESOURCES = Path.of("src/test/resources/org/yuqiao/store/huggingface");

  @TempDir private Path temporary;

  private Path exported(RunFolder run) {
    Path out = temporary.resolve("exported");
    new HuggingFaceExport(run).write(out);
    return out;
  }

  private static JsonNode json(Path file) throws IOException {
    return JSON.readTree(file.toFile());
  }

  private static JsonNode expected(String name) throws IOException {
    return json(RESOURCES.resolve(name + ".json"));
  }

  private static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  private static long crc(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    CRC32 crc = new CRC32();
    crc.update(bytes.array());
    return crc.getValue();
  }

  private static int offset(String name, RunFolder run) {
    return name.equals("joint") ? 0 : run.loadTokenizer(Language.ZH).size();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pre", "post", "untied", "joint"})
  void filesAreThoseThatTheReferenceLoaded(String name) throws IOException {
    Path out = exported(TinyModels.write(temporary, name));
    String fixtures = System.getProperty("yuqiao.fixtures", "");
    if (!fixtures.isEmpty()) {
      new HuggingFaceExport(new RunFolder(temporary.resolve(name)))
          .write(Path.of(fixtures).resolve(name));
      return;
    }
    JsonNode reference = expected(name);
    Map<String, SafeTensors.Tensor> tensors = SafeTensors.read(out.resolve("model.safetensors"));
    assertEquals(reference.get("tensors").size(), tensors.size());
    tensors.forEach(
        (key, tensor) -> {
          JsonNode digest = reference.get("tensors").get(key);
          assertArrayEquals(
              Arrays.stream(ints(digest.get(0))).asLongStream().toArray(), tensor.shape(), key);
          assertEquals(digest.get(1).asLong(), crc(tensor.values()), key);
        });
    for (String file : List.of("config.json", "generation_config.json")) {
      assertEquals(reference.get(file), json(out.resolve(file)), file);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pre", "post", "untied", "joint"})
  void idsOfTheReferenceAreThoseOfTheTokenizersHere(String name) throws IOException {
    RunFolder run = TinyModels.write(temporary, name);
    Tokenizer source = run.loadTokenizer(Language.ZH);
    Tokenizer target = run.loadTokenizer(Language.EN);
    int offset = offset(name, run);
    for (JsonNode line : expected(name).get("lines")) {
      int[] ids = ints(line.get("ids"));
      String text = TextNormalizer.of(Language.ZH, true).apply(line.get("line").asText());
      assertArrayEquals(source.encode(text), withoutEnd(ids, Tokenizer.EOS), text);
      int[] labels = ints(line.get("labels"));
      int[] expected =
          Arrays.stream(target.encode(line.get("reference").asText()))
              .map(id -> id + offset)
              .toArray();
      assertArrayEquals(expected, withoutEnd(labels, offset + Tokenizer.EOS));
      int[] greedy = Arrays.stream(ints(line.get("greedy"))).map(id -> id - offset).toArray();
      assertEquals(target.decode(greedy), line.get("text").asText());
    }
  }

  private static int[] withoutEnd(int[] ids, int end) {
    assertEquals(end, ids[ids.length - 1]);
    return Arrays.copyOf(ids, ids.length - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pre", "post", "untied", "joint"})
  void logitsOfTheReferenceAreThoseOfTheModelHere(String name) throws IOException {
    RunFolder run = TinyModels.write(temporary, name);
    int offset = offset(name, run);
    try (TranslationModel model = TranslationModel.load(run.path());
        ForcedLogits forced = new ForcedLogits(model)) {
      for (JsonNode line : expected(name).get("lines")) {
        int[] source = withoutEnd(ints(line.get("ids")), Tokenizer.EOS);
        int[] labels = withoutEnd(ints(line.get("labels")), offset + Tokenizer.EOS);
        float[][] found = forced.of(source, Arrays.stream(labels).map(id -> id - offset).toArray());
        assertEquals(found.length, line.get("logits").size());
        for (int t = 0; t < found.length; t++) {
          JsonNode logits = line.get("logits").get(t);
          assertEquals(found[t].length, logits.size());
          for (int id = 0; id < found[t].length; id++) {
            assertEquals(logits.get(id).asDouble(), found[t][id], 1e-4, t + " " + id);
          }
        }
      }
    }
  }

  @Test
  void sourceTokensAreNeverLikelyOutputs() throws IOException {
    RunFolder run = TinyModels.write(temporary, "post");
    Path out = exported(run);
    int offset = run.loadTokenizer(Language.ZH).size();
    float[] bias =
        SafeTensors.read(out.resolve("model.safetensors")).get("final_logits_bias").values();
    float[] own = SafeTensors.read(run.model()).get("output.bias").values();
    assertTrue(IntStream.range(0, offset).allMatch(id -> bias[id] == -10_000));
    assertArrayEquals(own, Arrays.copyOfRange(bias, offset, bias.length));
  }

  @Test
  void positionsOfAPreNormModelAreThoseThatItsClassComputes() throws IOException {
    Path out = exported(TinyModels.write(temporary, "pre"));
    float[] table =
        SafeTensors.read(out.resolve("model.safetensors"))
            .get("model.encoder.embed_positions.weight")
            .values();
    assertArrayEquals(SinusoidalPositions.tableInHalves(24, 8).data().asFloat(), table, 1e-6f);
  }

  @Test
  void tokensOfTheOtherSideAreMarkedByItsLanguage() throws IOException {
    Path out = exported(TinyModels.write(temporary, "pre"));
    JsonNode source = json(out.resolve("tokenizer.json")).get("model").get("vocab");
    JsonNode target = json(out.resolve("target/tokenizer.json")).get("model").get("vocab");
    assertEquals(source.size(), target.size());
    assertEquals(source.get("[en]<eos>"), target.get("<eos>"));
    assertEquals(source.get("<eos>"), target.get("[zh]<eos>"));
    assertEquals(source.get("茶"), target.get("[zh]茶"));
  }

  @Test
  void anImportedModelGoesBackWithItsFiles() throws IOException {
    Path folder = Path.of("src/test/resources/org/yuqiao/store/marian/shared");
    Path imported = temporary.resolve("imported");
    new MarianImport(folder, Optional.empty(), Optional.empty()).write(imported);
    Path out = temporary.resolve("exported");
    assertEquals(
        "marian (MarianMTModel)", new HuggingFaceExport(new RunFolder(imported)).write(out));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("source.spm")),
        Files.readAllBytes(out.resolve("source.spm")));
    assertFalse(Files.exists(out.resolve("tokenizer.json")));
  }

  @ParameterizedTest
  @CsvSource({
    "positions: rotary, pegasus have no model.positions rotary",
    "positions: relative-bias, pegasus have no model.positions relative-bias",
    "positions: relative-shaw, pegasus have no model.positions relative-shaw",
    "positions: transformer-xl, pegasus have no model.positions transformer-xl",
    "feedForwardType: gated, pegasus have no model.feedForwardType gated",
    "decoderBlock: ssru, pegasus have no model.decoderBlock ssru",
    "kind: recurrent, pegasus have no model.kind recurrent",
    "attention: {function: relu}, pegasus have no model.attention.function relu",
    "'layerNorm: post, positions: learned', 'model.layerNorm post, has no model.positions learned'",
  })
  void aSettingThatNoClassHasIsRefusedByItsName(String setting, String problem) throws IOException {
    RunFolder run =
        TinyModels.write(temporary, "other", "model: {" + setting + "}", Segmentation.NONE);
    String message =
        assertThrows(InvalidInputException.class, () -> new HuggingFaceExport(run)).getMessage();
    assertTrue(message.endsWith(problem), message);
  }

  @Test
  void wordSegmentationAndFoldersThatAreNotEmptyAreRefused() throws IOException {
    RunFolder words = TinyModels.write(temporary, "words", "{}", Segmentation.WORD);
    Path out = temporary.resolve("out");
    HuggingFaceExport export = new HuggingFaceExport(words);
    String message =
        assertThrows(InvalidInputException.class, () -> export.write(out)).getMessage();
    assertTrue(message.endsWith("no subwords.segmentation word"), message);
    HuggingFaceExport other = new HuggingFaceExport(TinyModels.write(temporary, "pre"));
    assertThrows(InvalidInputException.class, () -> other.write(words.path()));
  }
}
