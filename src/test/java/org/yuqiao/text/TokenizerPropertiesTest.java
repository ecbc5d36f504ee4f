package org.yuqiao.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.yuqiao.RandomText;
import org.yuqiao.ScratchFolder;
import org.yuqiao.SeededProperty;
import org.yuqiao.text.normalize.TextNormalizer;

class TokenizerPropertiesTest {
  private static final List<String> TRAINING =
      List.of(
          "我今天早上七点起床。",
          "我们明天早上一起去北京。",
          "We're going to Beijing tomorrow.",
          "It costs 1,250.50 yuan.");

  private static final Map<Language, List<BpeTokenizer>> TOKENIZERS = tokenizers();

  private static Map<Language, List<BpeTokenizer>> tokenizers() {
    Map<Language, List<BpeTokenizer>> all = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      List<BpeTokenizer> own = new ArrayList<>();
      for (Segmentation segmentation : Segmentation.values()) {
        for (Fallback fallback : Fallback.values()) {
          SubwordSettings settings = new SubwordSettings(400, segmentation, fallback, 1);
          own.add(new TokenizerLearner(settings, language == Language.EN).learn(TRAINING.stream()));
        }
      }
      all.put(language, own);
    }
    return all;
  }

  @Provide
  Arbitrary<String> texts() {
    return RandomText.unicode();
  }

  @SeededProperty
  void normalizedTextIsDecodedExactly(@ForAll("texts") String text, @ForAll Language language) {
    String sentence = TextNormalizer.of(language, true).apply(text);
    for (BpeTokenizer tokenizer : TOKENIZERS.get(language)) {
      int[] tokens = tokenizer.encode(sentence);
      assertEquals(sentence, tokenizer.decode(tokens, tokenizer.unknowns(sentence)));
    }
  }

  @SeededProperty
  void withByteFallbackNoCharacterIsUnknown(
      @ForAll("texts") String text, @ForAll Language language) {
    String sentence = TextNormalizer.of(language, true).apply(text);
    for (BpeTokenizer tokenizer : TOKENIZERS.get(language)) {
      if (tokenizer.fallback() == Fallback.BYTE) {
        int[] tokens = tokenizer.encode(sentence);
        assertTrue(Arrays.stream(tokens).allMatch(token -> token > Tokenizer.UNK));
        assertEquals(sentence, tokenizer.decode(tokens));
      }
    }
  }

  @SeededProperty
  void droppedMergesChangeTheTokensButNotTheText(
      @ForAll("texts") String text,
      @ForAll Language language,
      @ForAll @DoubleRange(min = 0, max = 1) double dropout,
      @ForAll long seed) {
    String sentence = TextNormalizer.of(language, true).apply(text);
    for (BpeTokenizer tokenizer : TOKENIZERS.get(language)) {
      int[] tokens = tokenizer.encode(sentence, dropout, new SplittableRandom(seed));
      assertEquals(sentence, tokenizer.decode(tokens, tokenizer.unknowns(sentence)));
    }
  }

  @SeededProperty
  void aTokenizerReadFromItsFileEncodesAlike(
      @ForAll("texts") String text, @ForAll Language language) {
    try (ScratchFolder folder = ScratchFolder.create()) {
      for (BpeTokenizer tokenizer : TOKENIZERS.get(language).subList(0, 1)) {
        TokenizerJson.save(tokenizer, folder.resolve("tokenizer.json"));
        BpeTokenizer read = TokenizerJson.load(folder.resolve("tokenizer.json"));
        assertArrayEquals(tokenizer.encode(text), read.encode(text));
      }
    }
  }
}
