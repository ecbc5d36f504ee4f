package org.yuqiao.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What stands between the translated sentences of a line. */
class LineGapsTest {
  private static String translated(String model, String line) {
    try (TranslationModel translator = TranslationModel.load(Path.of("models", model))) {
      return translator.translate(line);
    }
  }

  @Test
  void chineseSentencesHaveNoSpaceBetweenThem() {
    String chinese = translated("en-zh", "I like tea. He likes milk.");
    assertTrue(chinese.indexOf('。') < chinese.length() - 1, chinese);
    assertEquals(-1, chinese.indexOf(' '), chinese);
  }

  @Test
  void englishSentencesHaveOneAndWiderGapsStay() {
    assertTrue(translated("zh-en", "我喜欢茶。他喜欢牛奶。").contains(". "));
    assertTrue(translated("zh-en", "我喜欢茶。   他喜欢牛奶。").contains(".   "));
  }
}
