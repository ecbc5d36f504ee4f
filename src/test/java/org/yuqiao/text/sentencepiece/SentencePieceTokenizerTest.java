package org.yuqiao.text.sentencepiece;

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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Tokenizer;

/** Tokenizers of the Marian models that Hugging Face's library made for the tests of the import. */
class SentencePieceTokenizerTest {
  private static final Path MODELS = Path.of("src/test/resources/org/yuqiao/store/marian");
  private static final Path BYTES =
      Path.of("src/test/resources/org/yuqiao/text/sentencepiece/unigram-bytes.model");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private static SentencePieceTokenizer source(String model) {
    Path files = MODELS.resolve(model);
    return SentencePieceTokenizer.source(files.resolve("source.spm"), files.resolve("vocab.json"));
  }

  private static SentencePieceTokenizer target(String model) {
    Path files = MODELS.resolve(model);
    return SentencePieceTokenizer.target(files.resolve("target.spm"), files.resolve("vocab.json"));
  }

  /** A tokenizer with pieces for bytes and control, whose vocabulary has all of its pieces. */
  private SentencePieceTokenizer withBytes() throws IOException {
    SentencePiece model = SentencePiece.read(BYTES);
    ObjectNode vocabulary = JSON.createObjectNode();
    for (int id = 0; id < model.size(); id++) {
      vocabulary.put(model.piece(id), id);
    }
    vocabulary.put("<pad>", model.size());
    Path file = Files.writeString(folder.resolve("vocab.json"), vocabulary.toString());
    return SentencePieceTokenizer.target(BYTES, file);
  }

  private static String refusal(Executable executable) {
    return assertThrows(InvalidInputException.class, executable).getMessage();
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared", "separate", "multilingual"})
  void idsOfSourcesAreThoseOfTheReference(String model) throws IOException {
    SentencePieceTokenizer tokenizer = source(model);
    int compared = 0;
    for (JsonNode line : JSON.readTree(MODELS.resolve(model + "/expected.json").toFile())) {
      String text = line.get("line").asText();
      boolean blank = text.replaceFirst(">>.*<<", "").isBlank();
      boolean named = !model.equals("multilingual") || text.startsWith(">>");
      if (!blank && named && !text.contains("</s>")) {
        int[] ids =
            Arrays.stream(tokenizer.encode(text)).map(tokenizer.vocabulary()::fileId).toArray();
        assertArrayEquals(JSON.convertValue(line.get("ids"), int[].class), ids, text);
        compared++;
      }
    }
    assertTrue(compared > 3);
  }

  @Test
  void aSourceNamesItsTargetLanguageOrHasTheChosenOne() {
    SentencePieceTokenizer many = source("multilingual");
    SentencePieceTokenizer chosen = many.withTargetLanguage("cmn_Hant");
    int[] named = many.encode(">>cmn_Hant<< I like tea.");
    assertEquals(">>cmn_Hant<<", many.piece(named[0]));
    assertArrayEquals(named, chosen.encode("I like tea."));
    assertEquals(">>cmn_Hans<<", chosen.cut(">>cmn_Hans<< I like tea.").get(0));
    assertEquals(Optional.of("cmn_Hant"), chosen.targetLanguage());
    assertEquals(Optional.empty(), many.targetLanguage());
    assertArrayEquals(new int[0], chosen.encode(" "));
    chosen.requireTargetLanguage();
  }

  @Test
  void aTargetLanguageThatIsMissingOrUnknownIsRefusedWithTheKnownOnes() {
    SentencePieceTokenizer many = source("multilingual");
    String missing =
        "the model translates into several languages; choose one with --target-language:"
            + " cmn_Hans, cmn_Hant";
    assertEquals(missing, refusal(many::requireTargetLanguage));
    assertEquals(missing, refusal(() -> many.encode("I like tea.")));
    String unknown = "the model has no target language 'deu'; it has cmn_Hans, cmn_Hant";
    assertEquals(unknown, refusal(() -> many.withTargetLanguage("deu")));
    assertEquals(unknown, refusal(() -> many.encode(">>deu<< I like tea.")));
    assertEquals(
        "the model translates into one language; leave out the target language 'deu'",
        refusal(() -> source("shared").withTargetLanguage("deu")));
  }

  @Test
  void aModelOfOneTargetLanguageNeedsNone() {
    SentencePieceTokenizer one = source("shared");
    one.requireTargetLanguage();
    target("multilingual").requireTargetLanguage();
    assertEquals(Optional.empty(), one.targetLanguage());
    assertEquals(Tokenizer.UNK, one.encode(">>deu<<")[1]);
    assertTrue(one.isSource());
    assertFalse(target("shared").isSource());
    assertTrue(one.normalizes());
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "12, 0", "13, 1", "20, 8"})
  void ofManyTargetLanguagesTwelveAreListed(int languages, int more) {
    ObjectNode vocabulary = JSON.createObjectNode();
    List.of("<pad>", "</s>", "<unk>").forEach(piece -> vocabulary.put(piece, vocabulary.size()));
    for (int i = 0; i < languages; i++) {
      vocabulary.put(String.format(">>l%02d<<", i), vocabulary.size());
    }
    vocabulary.put(">>", vocabulary.size());
    TargetLanguages known =
        TargetLanguages.of(PieceVocabulary.of(vocabulary, Path.of("vocab.json")));
    assertEquals(languages, known.codes().size());
    assertEquals(languages == 1 ? Optional.of("l00") : Optional.empty(), known.chosen());
    String message = refusal(() -> known.choose("x"));
    assertEquals(more > 0, message.endsWith("l11 and " + more + " more"), message);
    assertTrue(message.contains("it has l00"), message);
  }

  @Test
  void whatHasNoIdIsUnknownAndIsPutBack() {
    SentencePieceTokenizer tokenizer = source("shared");
    String text = "我喜欢龘茶。";
    List<String> unknowns = tokenizer.unknowns(text);
    int[] ids = tokenizer.encode(text);
    assertEquals(unknowns.size(), Arrays.stream(ids).filter(id -> id == Tokenizer.UNK).count());
    assertTrue(String.join("", unknowns).contains("龘"), unknowns.toString());
    assertEquals(text, tokenizer.decode(ids, unknowns));
    assertFalse(tokenizer.decode(ids).contains("龘"));
    assertEquals(
        source("multilingual").unknowns("tea 龘"),
        source("multilingual").unknowns(">>cmn_Hans<<tea 龘"));
  }

  @Test
  void specialTokensComeFirst() {
    SentencePieceTokenizer tokenizer = source("shared");
    for (int id = 0; id < Tokenizer.SPECIALS.size(); id++) {
      assertEquals(OptionalInt.of(id), tokenizer.id(Tokenizer.SPECIALS.get(id)));
      assertEquals(Tokenizer.SPECIALS.get(id), tokenizer.piece(id));
      assertFalse(tokenizer.continuesCharacter(id));
    }
    int last = tokenizer.size() - 1;
    assertEquals(OptionalInt.of(last), tokenizer.id(tokenizer.piece(last)));
    assertEquals(OptionalInt.empty(), tokenizer.id("no such piece"));
    assertEquals("<bos>", tokenizer.text(new int[] {Tokenizer.BOS}));
    assertEquals("", tokenizer.decode(new int[] {Tokenizer.BOS, Tokenizer.EOS, Tokenizer.UNK}));
  }

  @Test
  void bytesBecomeCharactersAndControlPiecesNothing() throws IOException {
    SentencePieceTokenizer tokenizer = withBytes();
    String text = "好😀 ok";
    int[] ids = tokenizer.encode(text);
    assertEquals(text, tokenizer.decode(ids));
    assertEquals(" " + text, tokenizer.text(ids));
    int control = tokenizer.id("<s>").orElseThrow();
    assertEquals("", tokenizer.text(new int[] {control}));
    byte[] smiley = "😀".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < smiley.length; i++) {
      int piece = tokenizer.id(String.format("<0x%02X>", smiley[i] & 0xFF)).orElseThrow();
      assertEquals(i > 0, tokenizer.continuesCharacter(piece), "byte " + i);
    }
    assertFalse(tokenizer.continuesCharacter(ids[0]));
    assertFalse(tokenizer.continuesCharacter(control));
  }

  @Test
  void filesAreSavedByteForByte() throws IOException {
    Path model = folder.resolve("a.spm");
    Path vocabulary = folder.resolve("a.json");
    source("shared").save(model, vocabulary);
    assertArrayEquals(
        Files.readAllBytes(MODELS.resolve("shared/source.spm")), Files.readAllBytes(model));
    assertArrayEquals(
        Files.readAllBytes(MODELS.resolve("shared/vocab.json")), Files.readAllBytes(vocabulary));
  }

  @Test
  void itHasNoMergesToDropAndItsVocabularyDoesNotGrow() {
    SentencePieceTokenizer tokenizer = source("shared");
    String text = "我喜欢茶。";
    SplittableRandom random = new SplittableRandom(1);
    assertArrayEquals(tokenizer.encode(text), tokenizer.encode(text, 0, random));
    assertTrue(refusal(() -> tokenizer.encode(text, 0.1, random)).contains("set it to 0"));
    assertTrue(refusal(tokenizer::withPlaceholders).startsWith("data.protect adds tokens"));
  }

  @Test
  void vocabulariesAreInTheOrderOfTheIdsBehindTheSpecialTokens() {
    ObjectNode root = JSON.createObjectNode();
    root.put("b", 2).put("</s>", 0).put("<unk>", 1).put("a", 4).put("<pad>", 3);
    PieceVocabulary vocabulary = PieceVocabulary.of(root, Path.of("vocab.json"));
    assertEquals(List.of("<pad>", "<bos>", "<eos>", "<unk>", "b", "a"), vocabulary.pieces());
    assertArrayEquals(new int[] {-1, 3, 0, 1, 2, 4}, vocabulary.fileIds());
    assertEquals(0, vocabulary.fileId(Tokenizer.EOS));
    assertEquals(5, vocabulary.id("a"));
    assertEquals(Tokenizer.UNK, vocabulary.id("c"));
    assertTrue(vocabulary.contains("b"));
    assertFalse(vocabulary.contains("<pad>"));
  }

  @Test
  void damagedVocabulariesAreRefused() throws IOException {
    Map<String, String> damaged = new LinkedHashMap<>();
    damaged.put("[]", "expected a JSON object of tokens with ids");
    damaged.put("{}", "expected a JSON object of tokens with ids");
    damaged.put("{\"a\": 1}", "'a' has the id 1; expected each of 0 to 0 for one of the 1 tokens");
    damaged.put(
        "{\"a\": -1}", "'a' has the id -1; expected each of 0 to 0 for one of the 1 tokens");
    damaged.put("{\"a\": \"0\"}", "'a' has the id \"0\"");
    damaged.put("{\"a\": 0, \"b\": 0}", "'b' and 'a' both have id 0");
    damaged.put("{\"</s>\": 0, \"<unk>\": 1}", "there is no token <pad>");
    damaged.put("{\"<pad>\": 0, \"<unk>\": 1}", "there is no token </s>");
    damaged.put("{\"<pad>\": 0, \"</s>\": 1}", "there is no token <unk>");
    damaged.put(
        "{\"<pad>\": 0, \"</s>\": 1, \"<unk>\": 2, \"<eos>\": 3}",
        "there is a token <eos>, which is reserved here");
    for (Map.Entry<String, String> one : damaged.entrySet()) {
      Path file = Path.of("vocab.json");
      JsonNode root = JSON.readTree(one.getKey());
      String message = refusal(() -> PieceVocabulary.of(root, file));
      assertTrue(message.startsWith("vocab.json: " + one.getValue()), message);
    }
  }
}
