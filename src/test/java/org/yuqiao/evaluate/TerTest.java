package org.yuqiao.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.yuqiao.evaluate.text.TerOptions;

class TerTest {
  private static double edits(Ter ter, String hypothesis, String reference) {
    return ter.counts(hypothesis, List.of(reference))[0];
  }

  @Test
  void movingAPhraseIsOneEdit() {
    assertEquals(1, edits(new Ter(), "c d e a b", "a b c d e"));
  }

  @Test
  void insertingDroppingAndReplacingAreOneEditEach() {
    assertEquals(1, edits(new Ter(), "a b d", "a b c d"));
    assertEquals(1, edits(new Ter(), "a b c d", "a b d"));
    assertEquals(1, edits(new Ter(), "a x c", "a b c"));
  }

  @Test
  void editsAreOfTheBestReferenceAndLengthIsTheMean() {
    double[] counts = new Ter().counts("a b c", List.of("a b c", "p q r s"));
    assertEquals(0, counts[0]);
    assertEquals(3.5, counts[1]);
  }

  @Test
  void chineseIsOneWordUnlessAsianSupportCutsIt() {
    assertEquals(1, edits(new Ter(), "我很高兴", "我们不高兴"));
    assertEquals(1, new Ter().counts("我很高兴", List.of("我们不高兴"))[1]);
    assertEquals(2, edits(new Ter(TerOptions.ASIAN), "我很高兴", "我们不高兴"));
    assertEquals(5, new Ter(TerOptions.ASIAN).counts("我很高兴", List.of("我们不高兴"))[1]);
  }

  @Test
  void nothingAgainstNothingIsPerfectAndSomethingIsWholeError() {
    assertEquals(0, new Ter().sentence("", List.of("")));
    assertEquals(100, new Ter().sentence("a b c", List.of("")));
    assertEquals(100, new Ter().sentence("", List.of("a b c")));
  }
}
