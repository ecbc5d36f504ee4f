package org.yuqiao.store.marian;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.step.Argmax;
import org.yuqiao.decode.step.IncrementalDecoder;
import org.yuqiao.decode.step.StepOutputs;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.SafeTensors;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.layers.DecoderBlockType;
import org.yuqiao.store.ModelManifest;
import org.yuqiao.store.Quantization;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;

/**
 * Students written by {@code make_student.py}, against the translations of the WebAssembly engine
 * of Firefox Translations ({@code translate_student.cjs}), and damaged ones.
 */
class StudentImportTest {
  private static final String FLOAT32 = "model.zhen.bin.gz";
  private static final String INT8 = "model.zhen.intgemm.alphas.bin.gz";

  @TempDir private Path temporary;

  private Path folder;
  private Path out;

  @BeforeEach
  void makeAFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("student"));
    out = temporary.resolve("out");
    copy("vocab.zhen.spm.gz");
  }

  private void copy(String name) throws IOException {
    Files.copy(MarianImportTest.fixture("student").resolve(name), folder.resolve(name));
  }

  private ModelManifest importInto(Path target) {
    return new StudentImport(folder, Optional.empty()).write(target);
  }

  private static JsonNode expected() throws IOException {
    return new ObjectMapper()
        .readTree(MarianImportTest.fixture("student").resolve("expected.json").toFile());
  }

  /** The number of greedy translations that agree, of 200. */
  private static int agreeing(RunFolder run, TranslationModel model, String weights)
      throws IOException {
    WeightedModel network = model.networks().get(0);
    int same = 0;
    try (IncrementalDecoder decoder =
        new IncrementalDecoder(
            network.model(), network.weights(), new Backend(1), new StepOutputs(true, false))) {
      Tokenizer target = run.loadTokenizer(Language.EN);
      for (JsonNode line : expected()) {
        int[] tokens = greedy(decoder, model.encode(line.get("line").asText()));
        String text = target.decode(tokens);
        same += text.equals(line.get(weights).asText().strip()) ? 1 : 0;
      }
    }
    return same;
  }

  /** Greedy search as the engine has it: twice the source's tokens, nothing against repetition. */
  private static int[] greedy(IncrementalDecoder decoder, int[] source) {
    decoder.begin(List.of(source));
    float[] logits = new float[decoder.vocabulary()];
    List<Integer> tokens = new ArrayList<>();
    int last = Tokenizer.BOS;
    while (tokens.size() < 2 * (source.length + 1)) {
      decoder.step(new int[] {last});
      decoder.readLogits(0, logits);
      logits[Tokenizer.UNK] = Float.NEGATIVE_INFINITY;
      last = Argmax.of(logits);
      if (last == Tokenizer.EOS) {
        break;
      }
      tokens.add(last);
    }
    return tokens.stream().mapToInt(Integer::intValue).toArray();
  }

  @Test
  void withFloat32WeightsEveryTranslationIsThatOfTheEngine() throws IOException {
    copy(FLOAT32);
    ModelManifest manifest = importInto(out);
    assertEquals("zh-en", manifest.direction());
    assertEquals(DecoderBlockType.SSRU, new RunFolder(out).loadSettings().model().decoderBlock());
    try (TranslationModel model = TranslationModel.load(out)) {
      assertEquals(200, agreeing(new RunFolder(out), model, "float32"));
    }
  }

  /** The engine rounds activations too, by a constant scale. */
  @Test
  void withInt8WeightsMostTranslationsAreThoseOfTheEngine() throws IOException {
    copy(INT8);
    importInto(out);
    Path small = temporary.resolve("int8");
    Quantization.run(new RunFolder(out), small);
    try (TranslationModel model = TranslationModel.load(out);
        TranslationModel quantized = TranslationModel.load(small)) {
      assertTrue(quantized.networks().get(0).weights().isInt8());
      int same = agreeing(new RunFolder(out), model, "int8");
      assertTrue(same >= 140, same + " of 200");
      int again = agreeing(new RunFolder(out), quantized, "int8");
      assertTrue(again >= 140, again + " of 200");
    }
  }

  @Test
  void int8WeightsAreRestoredToWithinHalfAStep() throws IOException {
    copy(FLOAT32);
    importInto(out);
    Map<String, SafeTensors.Tensor> exact = SafeTensors.read(new RunFolder(out).model());
    Files.delete(folder.resolve(FLOAT32));
    copy(INT8);
    Path rounded = temporary.resolve("rounded");
    importInto(rounded);
    SafeTensors.read(new RunFolder(rounded).model())
        .forEach(
            (name, tensor) -> {
              float[] values = exact.get(name).values();
              float max = 0;
              for (float value : values) {
                max = Math.max(max, Math.abs(value));
              }
              float step = tensor.shape().length == 2 ? max / 127 : 0;
              assertArrayEquals(values, tensor.values(), step * 0.5001f, name);
            });
  }

  @Test
  void itExplainsAndListsTranslationsButHasNoSelfAttentionInTheDecoder() throws IOException {
    copy(FLOAT32);
    importInto(out);
    try (TranslationModel model = TranslationModel.load(out)) {
      assertEquals(2, model.explain("我喜欢茶").cross().weights().length);
      assertEquals(0, model.explain("我喜欢茶").decoderSelf().weights().length);
      assertEquals(1, model.translations("我喜欢茶").size());
    }
    String refusal =
        assertThrows(InvalidInputException.class, () -> new MarianExport(new RunFolder(out)))
            .getMessage();
    assertTrue(refusal.contains("a Marian model has no model."), refusal);
  }

  @Test
  void theDirectionIsGivenWhereTheNameHasNone() throws IOException {
    copy(FLOAT32);
    Files.move(folder.resolve(FLOAT32), folder.resolve("model.intgemm.bin.gz"));
    assertRefused("give --direction");
    new StudentImport(folder, Optional.of("zh-en")).write(out);
    assertTrue(Files.exists(out.resolve("model.json")));
  }

  @Test
  void missingOrSeveralFilesAreRefused() throws IOException {
    assertFalse(StudentImport.accepts(folder));
    copy(INT8);
    assertTrue(StudentImport.accepts(folder));
    copy(FLOAT32);
    assertRefused("has both " + FLOAT32);
    Files.delete(folder.resolve(FLOAT32));
    Files.delete(folder.resolve("vocab.zhen.spm.gz"));
    assertRefused("has neither vocab.*.spm nor srcvocab.*.spm");
  }

  private void assertRefused(String problem) {
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> importInto(out));
    assertTrue(refusal.getMessage().contains(problem), refusal.getMessage());
    assertFalse(refusal.getMessage().contains("\n"), refusal.getMessage());
    assertFalse(Files.exists(out.resolve("model.json")));
  }

  private byte[] plain(String name) throws IOException {
    byte[] file = Files.readAllBytes(MarianImportTest.fixture("student").resolve(name));
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
      return in.readAllBytes();
    }
  }

  private void write(byte[] content) throws IOException {
    Files.write(folder.resolve("model.zhen.bin"), content);
  }

  @Test
  void aTruncatedFileIsRefused() throws IOException {
    byte[] whole = plain(INT8);
    for (int length : new int[] {0, 7, 15, 40, 2000, whole.length / 2, whole.length - 1}) {
      write(Arrays.copyOf(whole, length));
      assertRefused("model.zhen.bin");
    }
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(compressed)) {
      zip.write(whole);
    }
    Files.delete(folder.resolve("model.zhen.bin"));
    byte[] half = Arrays.copyOf(compressed.toByteArray(), compressed.size() / 2);
    Files.write(folder.resolve(FLOAT32), half);
    assertRefused("cut off");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2, does not begin with version 1",
    "8, -1, number of items",
    "8, 9999999, number of items",
    "16, 0, length of a name",
    "16, 1000000000000, length of a name",
    "24, 1026, has the type 0x402",
    "32, 9, rank",
    "40, 4611686018427387904, number of bytes",
    "40, 256, too few for its shape",
  })
  void absurdHeadersAreRefused(int at, long value, String problem) throws IOException {
    byte[] content = plain(FLOAT32);
    ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putLong(at, value);
    write(content);
    assertRefused(problem);
  }

  private void replace(String text, String other) throws IOException {
    byte[] content = plain(FLOAT32);
    String all = new String(content, StandardCharsets.ISO_8859_1);
    int at = all.indexOf(text);
    assertTrue(at >= 0, text);
    byte[] bytes = other.getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(text.length(), bytes.length);
    System.arraycopy(bytes, 0, content, at, bytes.length);
    write(content);
  }

  @ParameterizedTest
  @CsvSource({
    "'type: transformer', 'type: transformed', type is 'transformed'",
    "'dec-cell: ssru', 'dec-cell: lstm', dec-cell is 'lstm'",
    "'dim-emb: 32', 'dim-emb: 33', multiple of model.attention.heads",
    "'dim-emb: 32', 'dim-emb: 64', has the shape",
    "'dim-emb: 32', 'dim-emb: -1', expected a number above 0 as dim-emb",
    "'enc-depth: 2', 'enc-depth: 3', there is no tensor 'encoder_l3_self_Wq'",
    "'enc-depth: 2', 'enc-depth: 1', belongs to nothing",
    "'postprocess: dan', 'postprocess: da ', transformer-postprocess is 'da'",
    "'dec-cell: ssru', 'dec-cell: [[[ ', are no YAML",
    "special:model.yml, special:model.xml, there is no 'special:model.yml'",
    "encoder_l1_self_Wq, encoder_l1_self_Wz, there is no tensor 'encoder_l1_self_Wq'",
    "encoder_l1_self_Wq, encoder_l1_self_Wk, occurs twice",
  })
  void whatDoesNotFitIsRefused(String text, String other, String problem) throws IOException {
    replace(text, other);
    assertRefused(problem);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -1, Float.NaN, Float.POSITIVE_INFINITY})
  void aSenselessMultiplierIsRefused(float multiplier) throws IOException {
    byte[] content = plain(INT8);
    String all = new String(content, StandardCharsets.ISO_8859_1);
    // The data of Wemb, the first item, begins at the first multiple of 256 after the shapes.
    int shapes = all.indexOf("special:model.yml\0") + 18;
    int rows = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(shapes);
    assertEquals(96, rows);
    int items = (int) ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getLong(8);
    int end = shapes;
    for (int i = 0; i < items; i++) {
      end += 4 * (int) ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getLong(32 + 32 * i);
    }
    int start = (end + 8) / 256 * 256 + 256;
    ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putFloat(start + 96 * 32, multiplier);
    write(content);
    assertRefused("has the multiplier " + multiplier);
  }

  @Test
  void aVocabularyOfAnotherSizeIsRefused() throws IOException {
    copy(FLOAT32);
    Files.delete(folder.resolve("vocab.zhen.spm.gz"));
    Files.copy(
        MarianImportTest.fixture("shared").resolve("target.spm"), folder.resolve("vocab.zhen.spm"));
    String message = assertThrows(InvalidInputException.class, () -> importInto(out)).getMessage();
    assertTrue(
        List.of("has the shape", "occurs twice", "no token").stream().anyMatch(message::contains),
        message);
  }
}
