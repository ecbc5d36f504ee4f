package org.yuqiao.text.normalize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.houbb.opencc4j.util.ZhConverterUtil;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.text.Language;

class TextNormalizerTest {
  private static String normalized(Language language, String sentence) {
    TextNormalizer normalizer = TextNormalizer.of(language, true);
    String once = normalizer.apply(sentence);
    assertEquals(once, normalizer.apply(once), "applying it twice changes nothing more");
    return once;
  }

  /**
   * Text that {@link TraditionalToSimplified} leaves to no table is what OpenCC leaves as it is.
   */
  @Test
  void openCcIsLeftOutOnlyWhereItChangesNothing() throws IOException {
    TraditionalToSimplified step = new TraditionalToSimplified();
    StringBuilder unchanged = new StringBuilder();
    for (char unit = 0x20; unit < 0xFFFE; unit++) {
      String one = String.valueOf(unit);
      if (Character.isSurrogate(unit)) {
        continue;
      }
      assertEquals(ZhConverterUtil.toSimple(one).equals(one), step.apply(one).equals(one), one);
      if (step.apply(one).equals(one)) {
        unchanged.append(unit);
      }
    }
    assertTrue(unchanged.length() > 40_000);
    for (String table : List.of("TSPhrases", "TSCharacters", "STPhrases", "STCharacters")) {
      try (InputStream in =
          ZhConverterUtil.class.getResourceAsStream("/data/dictionary/" + table + ".txt")) {
        for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\\R")) {
          for (String form : line.split("\\s")) {
            String once = step.apply(form);
            assertEquals(ZhConverterUtil.toSimple(once), once, line);
            if (once.equals(form)) {
              assertEquals(ZhConverterUtil.toSimple(form), form, line);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "价格(100)元。|价格（100）元。",
        "他说(OK)就走了.|他说（OK）就走了。",
        "(你好)|（你好）",
        "你好（OK)|你好（OK）",
        "Java (language)|Java (language)",
        "他用Java (8)编程|他用Java (8)编程",
        "我(你(1))|我（你（1））",
        "他笑了 :)|他笑了：)",
        "价格100,很贵|价格100，很贵",
        "我会Java,他会C|我会Java，他会C",
        "有100,000人|有100,000人",
        "他说(OK),就走了|他说（OK），就走了",
        "你好,世界!|你好，世界！"
      })
  void chinesePunctuationIsFullWidthAndBracketsArePaired(String sentence, String expected) {
    assertEquals(expected, normalized(Language.ZH, sentence));
  }

  @ParameterizedTest
  @CsvSource({
    "我要3½杯水。, 我要3½杯水。",
    "10²是多少？, 10²是多少？",
    "H₂O, H₂O",
    "第①②节, 第①②节",
    "ＡＢＣ１２３, ABC123",
    "ﬁn, fin"
  })
  void signsThatWouldMakeOtherNumbersStay(String sentence, String expected) {
    assertEquals(expected, normalized(Language.ZH, sentence));
    assertEquals("3½ + 10²", normalized(Language.EN, "３½ + 10²"));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x2066, 0x2069, 0x061C, 0x180E, 0xE0001, 0xE0041, 0xE007F, 0xFE0E, 0xFE0F, 0xE0100, 0x180B,
        0x202E, 0x200B, 0xFEFF, 0xFFF9, 0xFFFE, 0x034F, 0x3164, 0x206A, 0xD83D, 7
      })
  void whatCannotBeSeenIsTakenOut(int character) {
    String sign = new String(Character.toChars(character));
    for (Language language : Language.values()) {
      assertEquals("你好", normalized(language, sign + "你" + sign + "好" + sign));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"你好\uD83D\uDE00", "\u0663\u0600", "é"})
  void whatCanBeSeenStays(String sentence) {
    assertEquals(sentence, normalized(Language.ZH, sentence));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "我会C, 他不会|我会C，他不会",
        "我会C;他不会|我会C；他不会",
        "用C:你好|用C:你好",
        ",你好|,你好",
        "'),你好'|'),你好'",
        "你好  , 世界  !|你好，世界！",
        "你 好 world 你|你好 world 你",
        "Hi, Li,|Hi, Li,"
      })
  void marksBetweenChineseAndOtherTextAreWidened(String sentence, String expected) {
    assertEquals(expected, normalized(Language.ZH, sentence));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"Hi，（you）：“a；b”、no！ why？ 好。|Hi,(you):“a;b”,no! why? 好.", "你  好|你 好"})
  void marksOfEnglishArePlain(String sentence, String expected) {
    assertEquals(expected, normalized(Language.EN, sentence));
    assertEquals(
        "Hi,(you):“a;b”,no! why? 好.",
        new CharacterWidth(Language.EN).apply("Hi，（you）：“a；b”、no！ why？ 好。"));
  }

  @Test
  void traditionalChineseIsSimplifiedWhereThatIsAskedFor() {
    assertEquals("我们学习汉语", normalized(Language.ZH, "我們學習漢語"));
    assertEquals("苎", normalized(Language.ZH, "薴"));
    assertEquals("我們學習漢語", TextNormalizer.of(Language.ZH, false).apply("我們學習漢語"));
    assertEquals("我們學習漢語", normalized(Language.EN, "我們學習漢語"));
  }

  @Test
  void stepsHaveNames() {
    assertEquals(
        List.of(
            "control-characters",
            "unicode-nfkc",
            "character-width",
            "traditional-to-simplified",
            "white-space"),
        TextNormalizer.of(Language.ZH, true).steps().stream().map(TextStep::name).toList());
    assertEquals(4, TextNormalizer.of(Language.EN, true).steps().size());
    assertEquals("  a ", TextNormalizer.NONE.apply("  a "));
  }
}
