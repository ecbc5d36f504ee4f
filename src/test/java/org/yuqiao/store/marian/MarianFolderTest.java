package org.yuqiao.store.marian;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.backend.Backend;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.SafeTensors;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.store.ModelManifest;
import org.yuqiao.store.Quantization;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;

/** What an imported model can do, and folders that are no Marian model, or a damaged one. */
class MarianFolderTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path temporary;

  private Path folder;
  private Path out;

  @BeforeEach
  void copyTheSharedModel() throws IOException {
    folder = copy("shared");
    out = temporary.resolve("out");
  }

  private Path copy(String name) throws IOException {
    Path copy = Files.createDirectory(temporary.resolve(name));
    try (Stream<Path> files = Files.list(MarianImportTest.fixture(name))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  private ModelManifest importInto(Path target) {
    return new MarianImport(folder, Optional.empty(), Optional.empty()).write(target);
  }

  private String refusal() {
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> importInto(out));
    assertFalse(refusal.getMessage().contains("\n"), refusal.getMessage());
    assertFalse(Files.exists(out.resolve("model.json")));
    return refusal.getMessage();
  }

  private void assertRefused(String problem) {
    String message = refusal();
    assertTrue(message.contains(problem), message);
  }

  private void change(String name, Consumer<ObjectNode> edit) throws IOException {
    Path file = folder.resolve(name);
    ObjectNode root = (ObjectNode) JSON.readTree(file.toFile());
    edit.accept(root);
    JSON.writeValue(file.toFile(), root);
  }

  @Test
  void theModelFolderIsChecked() throws IOException {
    ModelManifest manifest = importInto(out);
    assertEquals("zh-en", manifest.direction());
    assertTrue(manifest.files().containsKey("tokenizer.zh.spm"), manifest.files().toString());
    Files.write(out.resolve("tokenizer.zh.spm"), new byte[] {1}, StandardOpenOption.APPEND);
    String message =
        assertThrows(InvalidInputException.class, () -> TranslationModel.load(out)).getMessage();
    assertTrue(message.contains("tokenizer.zh"), message);
  }

  @Test
  void tokenizersAreSavedByteForByte() throws IOException {
    importInto(out);
    RunFolder run = new RunFolder(out);
    RunFolder copy = new RunFolder(temporary.resolve("copy"));
    for (Language language : Language.values()) {
      copy.saveTokenizer(language, run.loadTokenizer(language));
    }
    for (String file :
        List.of("source.spm/tokenizer.zh.spm", "vocab.json/tokenizer.zh.vocab.json")) {
      String[] names = file.split("/");
      byte[] original = Files.readAllBytes(folder.resolve(names[0]));
      assertArrayEquals(original, Files.readAllBytes(copy.path().resolve(names[1])));
    }
    Tokenizer target = copy.loadTokenizer(Language.EN);
    assertEquals("we like tea.", target.decode(target.encode("we like tea.")));
  }

  @Test
  void asInt8ItTranslatesAlike() throws IOException {
    importInto(out);
    Path small = temporary.resolve("int8");
    Quantization.run(new RunFolder(out), small);
    JsonNode lines = JSON.readTree(folder.resolve("expected.json").toFile());
    int same = 0;
    try (TranslationModel model = TranslationModel.load(small)) {
      assertTrue(model.networks().get(0).weights().isInt8());
      for (int i = 0; i < 20; i++) {
        String found = model.translate(lines.get(i).get("line").asText());
        same += found.equals(lines.get(i).get("text").asText()) ? 1 : 0;
      }
    }
    assertTrue(same >= 14, same + " of 20");
  }

  @Test
  void translationsAreExplained() {
    importInto(out);
    try (TranslationModel model = TranslationModel.load(out)) {
      assertEquals(2, model.explain("我喜欢茶。").cross().weights().length);
      assertEquals(4, model.translations("我喜欢茶。").size());
    }
  }

  @Test
  void aModelOfSeveralTargetLanguagesWantsToKnowWhich() throws IOException {
    folder = copy("multilingual");
    importInto(out);
    try (TranslationModel model = TranslationModel.load(out)) {
      String message =
          assertThrows(InvalidInputException.class, () -> model.translate("I like tea."))
              .getMessage();
      assertTrue(message.contains("--target-language: cmn_Hans, cmn_Hant"), message);
      String wrong =
          assertThrows(InvalidInputException.class, () -> model.translate(">>deu<< I like tea."))
              .getMessage();
      assertTrue(wrong.contains("no target language 'deu'"), wrong);
    }
    Path chosen = temporary.resolve("chosen");
    new MarianImport(folder, Optional.of("en-zh"), Optional.of("cmn_Hans")).write(chosen);
    try (TranslationModel named = TranslationModel.load(out);
        TranslationModel byImport = TranslationModel.load(chosen);
        TranslationModel byLoading =
            TranslationModel.load(List.of(out), new Backend(1), Optional.of("cmn_Hans"))) {
      int[] expected = named.encode(">>cmn_Hans<<I like tea.");
      assertArrayEquals(expected, byImport.encode("I like tea."));
      assertArrayEquals(expected, byLoading.encode("I like tea."));
      assertEquals(named.translate(">>cmn_Hans<<I like tea."), byImport.translate("I like tea."));
      assertEquals("", byImport.translate(""));
    }
    assertThrows(
        InvalidInputException.class,
        () -> new MarianImport(folder, Optional.empty(), Optional.of("deu")).write(out));
  }

  @ParameterizedTest
  @CsvSource({"shared, vocab.json", "separate, target_vocab.json", "multilingual, vocab.json"})
  void exportedAgainAndImportedItHasTheSameWeightsAndTokenizers(String name, String vocabulary)
      throws IOException {
    folder = name.equals("shared") ? folder : copy(name);
    importInto(out);
    Path exported = temporary.resolve("exported");
    new MarianExport(new RunFolder(out)).write(exported);
    for (String file : List.of("source.spm", "target.spm", "vocab.json", vocabulary)) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve(file)), Files.readAllBytes(exported.resolve(file)));
    }
    Path again = temporary.resolve("again");
    new MarianImport(exported, Optional.empty(), Optional.empty()).write(again);
    assertEquals(new RunFolder(out).loadSettings(), new RunFolder(again).loadSettings());
    Map<String, SafeTensors.Tensor> before = SafeTensors.read(new RunFolder(out).model());
    SafeTensors.read(new RunFolder(again).model())
        .forEach(
            (key, tensor) -> assertArrayEquals(before.get(key).values(), tensor.values(), key));
  }

  @Test
  void theDirectionIsGivenWhereTheFolderNamesOtherLanguages() throws IOException {
    change("tokenizer_config.json", config -> config.put("source_lang", "de"));
    assertRefused("give --direction");
    Files.delete(folder.resolve("tokenizer_config.json"));
    assertRefused("give --direction");
    new MarianImport(folder, Optional.of("zh-en"), Optional.empty()).write(out);
    assertTrue(Files.exists(out.resolve("model.json")));
  }

  @ParameterizedTest
  @CsvSource({
    "model_type, '\"bart\"', expected a model with model_type marian",
    "normalize_before, true, normalize_before is true",
    "d_model, '\"wide\"', expected a number above 0 as d_model",
    "d_model, 0, expected a number above 0 as d_model",
    "d_model, 17, multiple of model.attention.heads",
    "d_model, 32, has the shape",
    "decoder_ffn_dim, 7, encoder_ffn_dim and decoder_ffn_dim differ",
    "encoder_layers, 3, there is no tensor 'model.encoder.layers.2",
    "encoder_layers, 1, belongs to nothing",
    "encoder_layers, 100000, encoderLayers must be from 1 to 1000",
    "activation_function, '\"tanh\"', none of swish",
    "static_position_embeddings, false, only sinusoidal",
    "tie_word_embeddings, false, not tied",
    "eos_token_id, 5, not the id of </s>",
    "decoder_start_token_id, 5, not the id of <pad>",
  })
  void aConfigurationThatDoesNotFitIsRefused(String key, String value, String problem)
      throws IOException {
    JsonNode node = JSON.readTree(value);
    change("config.json", config -> config.set(key, node));
    assertRefused(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "config.json",
    "vocab.json",
    "source.spm",
    "target.spm",
    "model.safetensors",
  })
  void aMissingOrTruncatedFileIsRefused(String name) throws IOException {
    byte[] content = Files.readAllBytes(folder.resolve(name));
    for (int length : new int[] {0, 1, 9, content.length / 2, content.length - 5}) {
      Files.write(folder.resolve(name), Arrays.copyOf(content, length));
      assertTrue(refusal().contains(name), refusal());
    }
    Files.delete(folder.resolve(name));
    assertTrue(refusal().contains(name), refusal());
  }

  @Test
  void aVocabularyWithHolesIsRefused() throws IOException {
    change("vocab.json", vocabulary -> vocabulary.put("<pad>", 4000));
    assertRefused("'<pad>' has the id 4000");
    folder = copy("separate");
    change("target_vocab.json", vocabulary -> vocabulary.put("unused0", 1));
    assertRefused("both have id 1");
    change("target_vocab.json", vocabulary -> vocabulary.put("unused0", -1));
    assertRefused("has the id -1");
    change("target_vocab.json", vocabulary -> vocabulary.put("unused0", "x"));
    assertRefused("has the id \"x\"");
    Files.writeString(folder.resolve("target_vocab.json"), "[]");
    assertRefused("expected a JSON object");
    Files.writeString(folder.resolve("target_vocab.json"), "{\"</s>\": 0, \"<unk>\": 1}");
    assertRefused("there is no token <pad>");
    Files.writeString(folder.resolve("target_vocab.json"), "{\"a\": 0, \"a\": 1}");
    assertRefused("occurs twice");
  }

  @Test
  void positionsThatAreNoSinusoidsAreRefused() {
    Path file = folder.resolve("model.safetensors");
    Map<String, SafeTensors.Tensor> tensors = SafeTensors.read(file);
    tensors.put(
        "model.encoder.embed_positions.weight",
        new SafeTensors.Tensor(new long[] {64, 16}, new float[64 * 16]));
    SafeTensors.write(file, tensors);
    assertRefused("does not hold sinusoidal positions");
  }

  @Test
  void aPickleThatRunsACommandIsRefused() throws IOException {
    Files.delete(folder.resolve("model.safetensors"));
    Files.write(
        folder.resolve("pytorch_model.bin"),
        "\u0080\u0002cposix\nsystem\nX\u0002\u0000\u0000\u0000ls\u0085R."
            .getBytes(StandardCharsets.ISO_8859_1));
    assertRefused("posix.system");
  }

  @Test
  void aFolderThatIsNotThereOrAnOutputThatIsNotEmptyIsRefused() {
    importInto(out);
    assertTrue(
        assertThrows(InvalidInputException.class, () -> importInto(out))
            .getMessage()
            .contains("is not empty"));
    folder = temporary.resolve("none");
    assertThrows(InvalidInputException.class, () -> importInto(out));
  }
}
