package org.yuqiao.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

  private static List<String> sentences(Language language, String text) {
    SentenceBorders borders = new SentenceBorders(language);
    List<String> pieces = borders.cut(text, piece -> true).pieces();
    assertTrue(pieces.size() < 2 || borders.mayPart(text), text);
    return pieces;
  }

  @Test
  void quotationsAndBracketsStayTogether() {
    assertEquals(
        List.of("他说：“我累了。我要睡觉。”", "说完就走了。"), sentences(Language.ZH, "他说：“我累了。我要睡觉。”说完就走了。"));
    assertEquals(
        List.of("他（其实很累。真的！）没有休息。", "真可惜。"), sentences(Language.ZH, "他（其实很累。真的！）没有休息。真可惜。"));
    assertEquals(
        List.of("She said, \"I'm tired. I'm going to bed.\"", "Then she left."),
        sentences(Language.EN, "She said, \"I'm tired. I'm going to bed.\" Then she left."));
  }

  @Test
  void aQuotationThatNeverClosesJoinsNothing() {
    assertEquals(List.of("他说：“我累了。", "我要睡觉。"), sentences(Language.ZH, "他说：“我累了。我要睡觉。"));
  }

  @Test
  void abbreviationsAndNumbersEndNoSentence() {
    assertEquals(
        List.of("Mr. Li paid 3.5 yuan.", "Dr. Zhang paid nothing."),
        sentences(Language.EN, "Mr. Li paid 3.5 yuan. Dr. Zhang paid nothing."));
    assertEquals(
        List.of("今天30.4度，见example.com。", "好的"), sentences(Language.ZH, "今天30.4度，见example.com。好的"));
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

  /** A quadratic search would take minutes. */
  @ParameterizedTest
  @ValueSource(strings = {".", "。", "“好。", "\"a. ", "（"})
  @Tag("slow")
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aLongLineOfEndsOrUnclosedMarksIsSplitWithoutLoss(String unit) {
    String text = unit.repeat(300_000 / unit.length());
    SentenceBorders borders = new SentenceBorders(Language.ZH);
    assertEquals(text.contains("好") || text.contains("a"), borders.mayPart(text));
    SentenceBorders.Cut cut = borders.cut(text, piece -> piece.length() <= 50);
    int pieces = cut.pieces().stream().mapToInt(String::length).sum();
    int gaps = cut.gaps().stream().mapToInt(String::length).sum();
    assertEquals(text.length(), pieces + gaps);
  }
}
