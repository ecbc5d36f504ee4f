package org.yuqiao.decode.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yuqiao.text.Fallback;
import org.yuqiao.text.Segmentation;
import org.yuqiao.text.SubwordSettings;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.TokenizerLearner;

class WordAlignmentTest {
  private static Tokenizer tokenizer(Fallback fallback, boolean prefixSpace, String... sentences) {
    SubwordSettings settings = new SubwordSettings(300, Segmentation.NONE, fallback, 2);
    return new TokenizerLearner(settings, prefixSpace).learn(Stream.of(sentences));
  }

  private static List<String> words(Tokenizer tokenizer, String sentence) {
    return Word.of(tokenizer.encode(sentence), tokenizer).stream().map(Word::text).toList();
  }

  @Test
  void wordsAreWhatStandsBetweenSpacesOrTokensOfChinese() {
    Tokenizer english = tokenizer(Fallback.BYTE, true, "so so", "so it is");
    assertEquals(
        List.of("so", "it", "isn't", "5-star,", "\u00e9t\u00e9."),
        words(english, "so it isn't 5-star, \u00e9t\u00e9."));
    Tokenizer chinese = tokenizer(Fallback.BYTE, false, "\u4f60\u597d", "\u4f60\u597d");
    // The second word is not in the vocabulary: three bytes.
    assertEquals(
        List.of("\u4f60\u597d", "\u5417", "iPhone", "12", "\u4f60", "\u4f60"),
        words(chinese, "\u4f60\u597d\u5417iPhone 12\u4f60 \u4f60"));
    assertEquals(List.of(), words(chinese, ""));
  }

  @Test
  void aTargetWordBelongsToTheSourceWordThatItsTokensLookAtMost() {
    List<Word> source = List.of(new Word("a", 0, 2), new Word("b", 2, 3));
    List<Word> target = List.of(new Word("x", 0, 1), new Word("y", 1, 3), new Word("z", 3, 4));
    float[][] weights = {
      // The two halves of a together outweigh b; the last column is the end, which is left out.
      {0.25f, 0.25f, 0.3f, 0.2f},
      {0.1f, 0.1f, 0.5f, 0.3f},
      {0.3f, 0.3f, 0f, 0.4f},
      {0, 0, 0, 0.9f},
      {0, 0, 1, 0}
    };
    WordAlignment one = WordAlignment.of(source, target, weights);
    assertEquals("0-0 0-1", one.toMoses());
    assertEquals(List.of("x", "y", "z"), one.targetWords());
    assertEquals("0-0 0-1 2-3 2-4", WordAlignment.joined(List.of(one, one)).toMoses());
  }
}
