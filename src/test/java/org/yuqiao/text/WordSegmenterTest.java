package org.yuqiao.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.yuqiao.text.WordSegmenter.Kind;

class WordSegmenterTest {
  @Test
  void chineseIsCutIntoWordsOrCharacters() {
    String sentence = "我们今天学习中文，OK？";
    assertEquals(
        List.of("我们", "今天", "学习", "中文", "ok"), new WordSegmenter(Kind.WORD, true).words(sentence));
    assertEquals(
        List.of("我", "们", "今", "天", "学", "习", "中", "文", "OK"),
        new WordSegmenter(Kind.CHARACTER, false).words(sentence));
  }

  @Test
  void englishKeepsApostrophesAndLosesPunctuation() {
    assertEquals(
        List.of("I", "don't", "have", "20", "dollars"),
        new WordSegmenter(Kind.WORD, false).words("I don't have 20 dollars."));
  }

  @Test
  void textCutAlreadyKeepsEverything() {
    assertEquals(
        List.of("a_b", ",", "《书》"),
        new WordSegmenter(Kind.WHITESPACE, false).words(" a_b  , 《书》 "));
    assertEquals(List.of(), new WordSegmenter(Kind.WHITESPACE, false).words("  "));
  }

  @Test
  void aWordOfManyApostrophesIsOneWord() {
    String word = "a" + "'b".repeat(50_000);
    assertEquals(List.of(word), new WordSegmenter(WordSegmenter.Kind.WORD, false).words(word));
  }
}
