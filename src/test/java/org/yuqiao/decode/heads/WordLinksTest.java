package org.yuqiao.decode.heads;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yuqiao.evaluate.alignment.WordLink;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Fallback;
import org.yuqiao.text.Segmentation;
import org.yuqiao.text.SubwordSettings;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.TokenizerLearner;

class WordLinksTest {
  private static final TokenWords SOURCE =
      new TokenWords(new float[][] {{1, 0.5f, 0}, {0, 0.5f, 1}});
  private static final TokenWords TARGET = new TokenWords(new float[][] {{1, 0, 0}, {0, 1, 1}});

  private static Tokenizer tokenizer(Fallback fallback) {
    SubwordSettings settings = new SubwordSettings(300, Segmentation.NONE, fallback, 2);
    return new TokenizerLearner(settings, false).learn(Stream.of("我们我们", "我们"));
  }

  @Test
  void aTargetWordIsLinkedWithTheSourceWordOfMostAttention() {
    // The middle token belongs to both source words; rows 2 and 3 are the second target word.
    float[][] weights = {{0.2f, 0.5f, 0.3f, 0}, {0.5f, 0, 0.1f, 0.4f}, {0.1f, 0, 0.3f, 0.6f}};
    assertEquals(
        Set.of(new WordLink(1, 0), new WordLink(0, 1)), WordLinks.of(weights, 0, SOURCE, TARGET));
  }

  @Test
  void readingStatesAreOneRowLaterAndZerosGiveNoLink() {
    float[][] weights = {{9, 9, 9, 9}, {1, 0, 0, 0}, {0, 0, 0, 1}, {0, 0, 0, 1}};
    assertEquals(Set.of(new WordLink(0, 0)), WordLinks.of(weights, 1, SOURCE, TARGET));
  }

  @Test
  void theDiagonalKeepsTheShareOfTheSentence() {
    assertEquals(
        Set.of(new WordLink(0, 0), new WordLink(0, 1), new WordLink(1, 2), new WordLink(1, 3)),
        WordLinks.diagonal(2, 4));
  }

  @Test
  void aTokenOfTwoWordsIsSharedByCharactersAndBytesOfACharacterStayTogether() {
    Tokenizer tokenizer = tokenizer(Fallback.BYTE);
    int[] tokens = tokenizer.encode("我们 你");
    TokenWords words = TokenWords.of(tokens, List.of("我", "们", "你"), List.of(), tokenizer);
    float[] half = new float[tokens.length];
    half[0] = 0.5f;
    assertArrayEquals(half, words.shares()[0]);
    assertArrayEquals(half, words.shares()[1]);
    assertEquals(1, words.spanning());
    for (int token = tokens.length - 3; token < tokens.length; token++) {
      assertEquals(1, words.shares()[2][token]);
    }
  }

  @Test
  void anUnknownCharacterIsOneCharacter() {
    Tokenizer tokenizer = tokenizer(Fallback.CHARACTER);
    int[] tokens = tokenizer.encode("我们你");
    TokenWords words = TokenWords.of(tokens, List.of("我们", "你"), List.of("你"), tokenizer);
    assertEquals(1, words.shares()[1][tokens.length - 1]);
    assertEquals(0, words.spanning());
  }

  @Test
  void aRunOfUnknownCharactersMayCoverSeveralWords() {
    Tokenizer tokenizer = tokenizer(Fallback.CHARACTER);
    int[] tokens = {tokenizer.encode("我们")[0], Tokenizer.UNK};
    TokenWords words = TokenWords.of(tokens, List.of("我们", "你", "好"), List.of("你 好"), tokenizer);
    assertEquals(0.5f, words.shares()[1][1]);
    assertEquals(0.5f, words.shares()[2][1]);
  }

  @Test
  void otherWordsThanThoseTokenizedAreRefused() {
    Tokenizer tokenizer = tokenizer(Fallback.BYTE);
    int[] tokens = tokenizer.encode("我们");
    for (List<String> other : List.of(List.of("我"), List.of("我们", "你"))) {
      assertThrows(
          InvalidInputException.class, () -> TokenWords.of(tokens, other, List.of(), tokenizer));
    }
  }
}
