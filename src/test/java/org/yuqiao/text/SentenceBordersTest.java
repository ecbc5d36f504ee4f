package org.yuqiao.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceBordersTest {
  @Test
  void chineseAndEnglishSentencesArePartedAndTheirSpacingIsKept() {
    SentenceBorders.Cut chinese =
        new SentenceBorders(Language.ZH).cut("  你好。今天天气很好！ 你呢？", text -> true);
    assertEquals(List.of("你好。", "今天天气很好！", "你呢？"), chinese.pieces());
    assertEquals(List.of("  ", "", " ", ""), chinese.gaps());
    SentenceBorders.Cut english =
        new SentenceBorders(Language.EN).cut("How are you?  I am fine. Good.\t", text -> true);
    assertEquals(List.of("How are you?", "I am fine.", "Good."), english.pieces());
    assertEquals(List.of("", "  ", " ", "\t"), english.gaps());
  }

  @ParameterizedTest
  @ValueSource(strings = {"好", "a", "😀", "e\u0301", "\u0301", "العربية ", "一，二 ", "\u0000"})
  void whatHasNoBordersIsCutUntilItFitsAndNothingIsLost(String unit) {
    String text = unit.repeat(3000);
    SentenceBorders.Cut cut = new SentenceBorders(Language.ZH).cut(text, x -> x.length() <= 40);
    StringBuilder joined = new StringBuilder(cut.gaps().get(0));
    for (int i = 0; i < cut.pieces().size(); i++) {
      String piece = cut.pieces().get(i);
      assertTrue(piece.length() <= 40);
      assertTrue(!Character.isLowSurrogate(piece.charAt(0)));
      joined.append(piece).append(cut.gaps().get(i + 1));
    }
    assertEquals(text, joined.toString());
  }

  @Test
  void longSentencesAreCutBehindClauses() {
    SentenceBorders.Cut cut =
        new SentenceBorders(Language.EN)
            .cut("one two three, four five six seven", x -> x.length() < 25);
    assertEquals(List.of("one two three,", "four five six seven"), cut.pieces());
  }

  @Test
  void spacesAloneHaveNoPieces() {
    SentenceBorders.Cut cut = new SentenceBorders(Language.ZH).cut("   ", x -> false);
    assertEquals(List.of(), cut.pieces());
    assertEquals(List.of("   "), cut.gaps());
  }
}
