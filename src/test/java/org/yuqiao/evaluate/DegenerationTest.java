package org.yuqiao.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.text.Language;

class DegenerationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "香蕉和猴子。|Bananas and bananas and bananas and bananas.|true",
        "那你用我的吧。|I  ooooooooooo.|true",
        "我最喜欢吃西瓜。|The,,,,,,,,,,,,|true",
        "你好。|the cat of the cat of the cat of|true",
        "你好。|''|true",
        "你好。|Hello to all of you who have come here today from far away to see us and to hear what we have"
            + " to say of it and of other things|true",
        "这个很好，非常非常好。|This is very, very good.|false",
        "不，不，不！|No, no, no!|false",
        "哈哈哈哈哈哈|Hahahahahaha|false",
        "很好很好很好|Very good, very good, very good|false",
        "……|''|false",
        "30.4 C|30.4 C|false",
        "10000000|10000000|false",
        "他把门关上了。|He closed the door.|false"
      })
  void emptyRepeatingAndEndlessTranslationsIntoEnglishAreRecognized(
      String source, String translation, boolean degenerate) {
    assertEquals(degenerate, Degeneration.isDegenerate(source, translation, Language.EN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "I like bananas.|我喜欢香蕉香蕉香蕉香蕉。|true",
        "Hello.|你你你你你|true",
        "Hello.|你好，你好，你好，|true",
        "Every single day.|天天如此。|false",
        "He laughed: ha ha ha ha ha ha|他笑了：哈哈哈哈哈哈|false",
        "Thank you, thank you!|谢谢，谢谢！|false"
      })
  void intoChineseTheUnitIsTheCharacter(String source, String translation, boolean degenerate) {
    assertEquals(degenerate, Degeneration.isDegenerate(source, translation, Language.ZH));
  }

  private static String words(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> "w" + (char) ('a' + i / 26) + (char) ('a' + i % 26))
        .collect(Collectors.joining(" "));
  }

  @Test
  void aTranslationMayHaveThreeTimesTheLengthAndFifteenWords() {
    assertFalse(Degeneration.isDegenerate("你好", words(0, 21), Language.EN));
    assertTrue(Degeneration.isDegenerate("你好", words(0, 22), Language.EN));
    String characters = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳";
    assertFalse(Degeneration.isDegenerate("hello, you", characters.substring(0, 25), Language.ZH));
    assertTrue(Degeneration.isDegenerate("hello, you", characters, Language.ZH));
  }

  @ParameterizedTest
  @CsvSource({"3, false", "4, true"})
  void aWordComesThreeTimesInARowAtMost(int times, boolean degenerate) {
    String text = "It is " + "very ".repeat(times) + "good";
    assertEquals(degenerate, Degeneration.isDegenerate("这个东西很好", text, Language.EN));
  }

  @ParameterizedTest
  @CsvSource({"5, false", "6, true"})
  void aCharacterComesFiveTimesInARowAtMost(int times, boolean degenerate) {
    String text = "It is g" + "o".repeat(times) + "d";
    assertEquals(degenerate, Degeneration.isDegenerate("这个东西很好", text, Language.EN));
  }

  @ParameterizedTest
  @CsvSource({"8, 2, false", "8, 3, true", "9, 3, false", "2, 3, true"})
  void aPhraseOfUpToEightWordsComesTwiceInARowAtMost(int length, int times, boolean degenerate) {
    String text = (words(0, length) + ", ").repeat(times);
    assertEquals(degenerate, Degeneration.isDegenerate("这个东西很好很不错啊", text, Language.EN));
  }
}
