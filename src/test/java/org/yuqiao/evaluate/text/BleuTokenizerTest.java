package org.yuqiao.evaluate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class BleuTokenizerTest {
  @Test
  void stopsAndCommasBetweenDigitsStayWithTheirNumber() {
    assertEquals(
        List.of("From", "1,000.5", ",", "not", "2", "."),
        BleuTokenizer.MTEVAL_13A.cut("From 1,000.5, not 2."));
  }

  @Test
  void hyphensAreCutOnlyAfterDigits() {
    assertEquals(
        List.of("a", "tea-time", "from", "9", "-", "5"),
        BleuTokenizer.MTEVAL_13A.cut("a tea-time from 9-5"));
  }

  @Test
  void entitiesAreResolvedIn13a() {
    assertEquals(
        List.of("\"", "salt", "&", "tea", "<", "\""),
        BleuTokenizer.MTEVAL_13A.cut("&quot;salt &amp; tea &lt;&quot;"));
  }

  @Test
  void chineseCharactersStandAloneAndTheRestIsCutAs13a() {
    assertEquals(
        List.of("我", "的", "Wi-Fi", "，", "5.5", "元", "!"),
        BleuTokenizer.CHINESE.cut("我的Wi-Fi，5.5元!"));
  }

  @Test
  void rareCharactersAreOneTokenNotTwoHalves() {
    assertEquals(List.of("𠮷", "a"), BleuTokenizer.CHARACTER.cut("𠮷 a"));
  }

  @Test
  void rareCharactersClingTogetherAsInSacreBleu() {
    assertEquals(List.of("𠮷𪚥", "字"), BleuTokenizer.CHINESE.cut("𠮷𪚥字"));
  }

  @Test
  void noTokenizerCutsAtEverySpaceOfUnicode() {
    assertEquals(List.of("a", "b", "c."), BleuTokenizer.NONE.cut("a\u00a0b\u3000 c."));
  }
}
