package org.yuqiao.text.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.text.Language;

class ShortNumbersTest {
  private static List<ProtectedSpan> spans(String text) {
    return ProtectedText.of(text, Language.ZH).spans();
  }

  @Test
  void numbersOfAFewDigitsPercentagesAndTimesAreRead() {
    String text = "1米82，75%，30.4度，08:45，2024-03-15，138 0000 5678，¥59.90，v1.2.3，12345，a1@b.cn";
    assertEquals(
        List.of("1", "82", "75%", "30.4", "08:45"),
        ShortNumbers.in(spans(text)).stream().map(ProtectedSpan::text).toList());
    assertEquals(spans(text).size() - 5, ShortNumbers.without(spans(text)).size());
  }

  @Test
  void theyTakeThePlacesOfTheirStandInsAndOtherSpansDoNot() {
    String text = "第１2页见https://example.com，5分";
    ProtectedText found = ProtectedText.of(text, Language.ZH);
    assertEquals(
        "第12页见" + ProtectedText.STAND_IN + "，5分",
        ShortNumbers.shown(found.template(), found.spans()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "他身高1米82 | He is 1.82 meters tall. | true",
        "我有3本书 | I have 13 books. | false",
        "我有3本书 | I have three books. | false",
        "3加3 | 3 and 3 | true",
        "3加3 | 3 | false",
        "有1个 | 1,000 | false",
        "75%的人 | 75% of them | true",
        "没有数 | none | true",
      })
  void aTranslationHasThemWholeAndAsOften(String source, String translation, boolean all) {
    assertEquals(all, ShortNumbers.areIn(translation, ShortNumbers.in(spans(source))));
  }
}
