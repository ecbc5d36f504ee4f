package org.yuqiao.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yuqiao.SharedData;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.normalize.TextNormalizer;

class TokenizerTest {
  private static final List<String> TEXT =
      List.of(
          "我今天早上七点起床。",
          "她说：“我们明天去北京吧！”",
          "我们明天早上一起去。",
          "I don't know what to do today.",
          "We're going to Beijing tomorrow, aren't we?",
          "It costs 1,250.50 yuan (about $170).");

  /**
   * What was never seen in training: rare characters, emoji, other scripts, combining marks, odd
   * spacing.
   */
  private static final List<String> STRANGE =
      List.of(
          "龘𠀀😀",
          "naïve Ångström",
          "Привет, мир!",
          "a-b_c/d\\e",
          "...!?",
          "x",
          "12345",
          "中文和English混在一起。",
          "e\u0301tude",
          "'quoted' \"twice\"",
          "don't 'tis rock'n'roll");

  @TempDir private Path folder;

  private static BpeTokenizer learn(Segmentation segmentation, boolean prefixSpace) {
    SubwordSettings settings = new SubwordSettings(400, segmentation, Fallback.BYTE, 1);
    return new TokenizerLearner(settings, prefixSpace).learn(TEXT.stream());
  }

  @ParameterizedTest
  @EnumSource(Segmentation.class)
  void whatWasEncodedIsGivenBackExactly(Segmentation segmentation) {
    for (boolean prefix : new boolean[] {false, true}) {
      BpeTokenizer tokenizer = learn(segmentation, prefix);
      Stream.concat(TEXT.stream(), STRANGE.stream())
          .forEach(line -> assertEquals(line, tokenizer.decode(tokenizer.encode(line))));
    }
  }

  @ParameterizedTest
  @EnumSource(Segmentation.class)
  void huggingFaceReadsTheFileAndGivesTheSameIdsAndText(Segmentation segmentation)
      throws IOException {
    for (boolean prefix : new boolean[] {false, true}) {
      BpeTokenizer tokenizer = learn(segmentation, prefix);
      Path file = folder.resolve(segmentation.key() + prefix + ".json");
      TokenizerJson.save(tokenizer, file);
      try (HuggingFaceTokenizer reference = HuggingFaceTokenizer.newInstance(file)) {
        Stream.concat(TEXT.stream(), STRANGE.stream())
            .forEach(line -> assertSame(tokenizer, reference, line));
      }
    }
  }

  private static void assertSame(
      BpeTokenizer tokenizer, HuggingFaceTokenizer reference, String line) {
    int[] ids = tokenizer.encode(line);
    String bordered = tokenizer.preTokenizer().withBorders(line);
    long[] expected = reference.encode(bordered, false, false).getIds();
    assertArrayEquals(expected, Arrays.stream(ids).asLongStream().toArray(), line);
    assertEquals(reference.decode(expected), tokenizer.decode(ids));
  }

  @Test
  void savedAndLoadedItIsTheSame() {
    for (Segmentation segmentation : Segmentation.values()) {
      BpeTokenizer tokenizer = learn(segmentation, true);
      Path file = folder.resolve("t.json");
      TokenizerJson.save(tokenizer, file);
      BpeTokenizer loaded = TokenizerJson.load(file);
      assertEquals(tokenizer.pieces(), loaded.pieces());
      assertEquals(segmentation, loaded.segmentation());
      STRANGE.forEach(line -> assertArrayEquals(tokenizer.encode(line), loaded.encode(line), line));
    }
  }

  @Test
  void nothingIsUnknownWithByteFallbackAndOneCharacterIsWithout() {
    Tokenizer bytes = learn(Segmentation.NONE, true);
    Tokenizer characters =
        new TokenizerLearner(
                new SubwordSettings(400, Segmentation.NONE, Fallback.CHARACTER, 1), true)
            .learn(TEXT.stream());
    assertTrue(Arrays.stream(bytes.encode("龘")).noneMatch(id -> id == Tokenizer.UNK));
    assertTrue(Arrays.stream(characters.encode("龘")).anyMatch(id -> id == Tokenizer.UNK));
  }

  @Test
  void mergesAreLearntInTheOrderOfTheirCounts() {
    // "ab" stands five times, "abc" three times: ab is merged first, then abc.
    BpeTokenizer tokenizer =
        new TokenizerLearner(new SubwordSettings(300, Segmentation.NONE, Fallback.BYTE, 2), false)
            .learn(List.of("abc", "abc", "abc", "ab", "ab").stream());
    assertEquals("a b", tokenizer.merges().get(0));
    assertEquals(List.of("abc"), tokenizer.cut("abc"));
  }

  @Test
  void aBrokenFileIsRefusedWithItsNameAndTheMissingKey() throws IOException {
    Path file = folder.resolve("broken.json");
    Files.writeString(file, "{\"model\": {}}");
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> TokenizerJson.load(file));
    assertTrue(refusal.getMessage().contains("broken.json"));
    assertTrue(refusal.getMessage().contains("'vocab'"));
    Files.writeString(file, "{");
    assertThrows(InvalidInputException.class, () -> TokenizerJson.load(file));
  }

  @Test
  void emptyTextIsRefused() {
    SubwordSettings settings = new SubwordSettings(400, Segmentation.NONE, Fallback.BYTE, 1);
    assertThrows(
        InvalidInputException.class,
        () -> new TokenizerLearner(settings, true).learn(Stream.of("", "")));
  }

  @Test
  @Tag("slow")
  void tenThousandLinesOfRealTextComeBackExactly() throws IOException {
    Path file = SharedData.require("data/tatoeba/train.tsv");
    List<String> lines = Files.readAllLines(file).subList(0, 10_000);
    for (Language language : Language.values()) {
      TextNormalizer normalizer = TextNormalizer.of(language, true);
      List<String> side =
          lines.stream()
              .map(line -> normalizer.apply(line.split("\t")[language == Language.ZH ? 0 : 1]))
              .toList();
      BpeTokenizer tokenizer =
          new TokenizerLearner(
                  new SubwordSettings(4000, Segmentation.NONE, Fallback.BYTE, 2),
                  language == Language.EN)
              .learn(side.stream());
      side.forEach(line -> assertEquals(line, tokenizer.decode(tokenizer.encode(line))));
    }
  }

  /** Saves a tokenizer and replaces the key {@code model.KEY} of the file. */
  private Path changed(String key, UnaryOperator<JsonNode> change) throws IOException {
    Path file = folder.resolve("t.json");
    TokenizerJson.save(learn(Segmentation.NONE, true), file);
    ObjectNode root = (ObjectNode) new ObjectMapper().readTree(Files.readString(file));
    ObjectNode model = (ObjectNode) root.get("model");
    JsonNode value = change.apply(model.get(key));
    if (value == null) {
      model.remove(key);
    } else {
      model.set(key, value);
    }
    return Files.writeString(file, root.toString());
  }

  @Test
  void mergesAreReadAsPairsAndAsStrings() throws IOException {
    Path file =
        changed(
            "merges",
            merges -> {
              ArrayNode strings = new ObjectMapper().createArrayNode();
              merges.forEach(p -> strings.add(p.get(0).asText() + " " + p.get(1).asText()));
              return strings;
            });
    Tokenizer expected = learn(Segmentation.NONE, true);
    BpeTokenizer read = TokenizerJson.load(file);
    for (String sentence : TEXT) {
      assertArrayEquals(expected.encode(sentence), read.encode(sentence), sentence);
    }
  }

  @Test
  void damagedVocabulariesAndMergesAreRefusedByKey() throws IOException {
    ObjectMapper json = new ObjectMapper();
    Map<String, UnaryOperator<JsonNode>> merges = new LinkedHashMap<>();
    merges.put("the token 'x1' is not in model.vocab", m -> ((ArrayNode) m).set(2, "x1 e"));
    merges.put("expected two tokens, not [\"e\"]", m -> json.createArrayNode().add(list("e")));
    merges.put("expected two tokens, not \"e\"", m -> json.createArrayNode().add("e"));
    merges.put("is not in model.vocab", m -> json.createArrayNode().add(list("我", "q")));
    merges.put("expected a list", m -> json.createObjectNode());
    merges.put("no key 'merges'", m -> null);
    for (Map.Entry<String, UnaryOperator<JsonNode>> one : merges.entrySet()) {
      refused(changed("merges", one.getValue()), one.getKey());
    }
    refused(changed("vocab", v -> json.createArrayNode()), "expected tokens with their ids");
    refused(changed("vocab", v -> json.createObjectNode()), "expected the token <pad> with id 0");
    refused(changed("vocab", v -> ((ObjectNode) v).put("<eos>", 1)), "is out of order");
  }

  private static ArrayNode list(String... tokens) {
    ArrayNode list = new ObjectMapper().createArrayNode();
    Stream.of(tokens).forEach(list::add);
    return list;
  }

  private static void refused(Path file, String problem) {
    String message =
        assertThrows(InvalidInputException.class, () -> TokenizerJson.load(file)).getMessage();
    assertTrue(message.contains(problem) && message.contains("t.json"), message);
  }

  @Test
  void mergesOfOddFormsAreRefusedByKey() throws IOException {
    ObjectMapper json = new ObjectMapper();
    Map<String, String> odd = new LinkedHashMap<>();
    odd.put("[[\"a b\",\"c\"]]", "expected tokens without spaces");
    odd.put("[\" a\"]", "expected tokens without spaces");
    odd.put("[[\"\",\"a\"]]", "expected tokens without spaces");
    odd.put("[\"a b c\"]", "expected two tokens");
    odd.put("[null]", "expected two tokens, not null");
    odd.put("[{\"a\":\"a\",\"b\":\"b\"}]", "expected two tokens");
    odd.put("[[\"a\",1]]", "expected tokens without spaces");
    odd.put("[[[\"a\"],\"b\"]]", "expected tokens without spaces");
    for (Map.Entry<String, String> one : odd.entrySet()) {
      refused(changed("merges", m -> read(json, one.getKey())), one.getValue());
    }
    refused(changed("byte_fallback", b -> read(json, "1")), "expected true or false");
    refused(changed("vocab", v -> ((ObjectNode) v).put("<eos>", "2")), "the id \"2\" of '<eos>'");
    refused(changed("vocab", v -> ((ObjectNode) v).put("<eos>", 2.5)), "the id 2.5 of '<eos>'");
  }

  private static JsonNode read(ObjectMapper json, String text) {
    try {
      return json.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
