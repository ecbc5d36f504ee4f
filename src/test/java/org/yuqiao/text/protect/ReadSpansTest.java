package org.yuqiao.text.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.text.Language;

class ReadSpansTest {
  private static List<ProtectedSpan> spans(String text) {
    return ProtectedText.of(text, Language.ZH).spans();
  }

  @Test
  void numbersOfAFewDigitsPercentagesTimesAndLowerCaseWordsAreRead() {
    String text =
        "1米82，75%，30.4度，08:45，2024-03-15，138 0000 5678，¥59.90，v1.2.3，12345，a1@b.cn，"
            + "我的boss today，main.py，get_user()，iPhone，KTV，T恤";
    assertEquals(
        List.of("1", "82", "75%", "30.4", "08:45", "boss today"),
        ReadSpans.in(spans(text)).stream().map(ProtectedSpan::text).toList());
    assertEquals(spans(text).size() - 6, ReadSpans.without(spans(text)).size());
  }

  @Test
  void theyTakeThePlacesOfTheirStandInsAndOtherSpansDoNot() {
    String text = "第１2页见https://example.com，5分";
    ProtectedText found = ProtectedText.of(text, Language.ZH);
    assertEquals(
        "第12页见" + ProtectedText.STAND_IN + "，5分", ReadSpans.shown(found.template(), found.spans()));
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
        "这个bug已经fix了 | This bug has been fixed. | true",
        "我的boss today心情不好 | Today my boss is in a bad mood. | true",
        "用pip装pip | Install it with pip. | false",
        "用`npm start`启动 | Turn it on with npm Start. | false",
        "我的boss today心情不好 | My boss is in a bad mood. | false",
        "用git | It is digital. | false",
      })
  void aTranslationHasThemWholeAndAsOften(String source, String translation, boolean all) {
    assertEquals(all, ReadSpans.areIn(translation, ReadSpans.in(spans(source))));
  }
}
