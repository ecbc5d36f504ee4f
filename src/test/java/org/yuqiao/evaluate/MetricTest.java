package org.yuqiao.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yuqiao.evaluate.text.BleuTokenizer;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Language;

class MetricTest {
  private static final List<String> TWO = List.of("one line", "another line");

  @Test
  void metricsAreMadeInTheOrderOfTheirNames() {
    List<Metric> metrics = Metric.of("ter, bleu,chrf++,chrf", Language.EN);
    assertEquals(
        List.of("ter", "bleu", "chrf++", "chrf"), metrics.stream().map(Metric::name).toList());
  }

  @Test
  void bleuIsTokenizedForTheTargetLanguage() {
    assertTrue(Metric.of("bleu", Language.ZH).get(0).signature(1).contains("|tok:zh|"));
    assertTrue(Metric.of("bleu", Language.EN).get(0).signature(1).contains("|tok:13a|"));
  }

  @Test
  void onlyLessTerIsBetter() {
    for (Metric metric : Metric.of("bleu,chrf,chrf++", Language.EN)) {
      assertTrue(metric.higherIsBetter(), metric.name());
    }
    assertFalse(new Ter().higherIsBetter());
  }

  @Test
  void unknownNameIsRefusedWithTheChoices() {
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> Metric.of("bleu,meteor", Language.EN));
    assertEquals(
        "unknown metric 'meteor'; expected bleu, chrf, chrf++ or ter", refusal.getMessage());
  }

  @Test
  void emptyNameIsRefused() {
    assertThrows(InvalidInputException.class, () -> Metric.of("", Language.EN));
    assertThrows(InvalidInputException.class, () -> Metric.of("bleu,", Language.EN));
  }

  @Test
  void noSentenceIsRefused() {
    for (Metric metric : Metric.of("bleu,chrf,ter", Language.EN)) {
      InvalidInputException refusal =
          assertThrows(
              InvalidInputException.class, () -> metric.measure(List.of(), List.of(List.of())));
      assertEquals("there is no sentence to score", refusal.getMessage());
    }
  }

  @Test
  void noReferenceIsRefused() {
    for (Metric metric : Metric.of("bleu,chrf,ter", Language.EN)) {
      assertThrows(InvalidInputException.class, () -> metric.measure(TWO, List.of()));
      assertThrows(InvalidInputException.class, () -> metric.sentence("a line", List.of()));
    }
  }

  @Test
  void anyReferenceOfAnotherLengthIsRefusedWithBothNumbers() {
    for (Metric metric : Metric.of("bleu,chrf,ter", Language.EN)) {
      InvalidInputException refusal =
          assertThrows(
              InvalidInputException.class,
              () -> metric.measure(TWO, List.of(TWO, List.of("only one line"))));
      assertEquals(
          "there are 2 translations but 1 references; expected one a line in both",
          refusal.getMessage());
    }
  }

  @Test
  void detailsKeepTheirOrder() {
    MetricScore score = new Bleu(BleuTokenizer.MTEVAL_13A).measure(TWO, List.of(TWO));
    assertEquals(
        List.of(
            "precision1",
            "precision2",
            "precision3",
            "precision4",
            "brevityPenalty",
            "hypothesisLength",
            "referenceLength"),
        List.copyOf(score.details().keySet()));
  }

  @Test
  void terOfChineseCountsCharacters() {
    assertEquals(
        "nrefs:1|case:lc|tok:tercom|norm:yes|punct:yes|asian:yes|version:2.6.0",
        Metric.of("ter", Language.ZH).get(0).signature(1));
    assertEquals(
        25.0, Metric.of("ter", Language.ZH).get(0).sentence("我喜欢水", List.of("我喜欢茶")), 1e-9);
    assertEquals(
        100.0, Metric.of("ter", Language.EN).get(0).sentence("我喜欢水", List.of("我喜欢茶")), 1e-9);
  }

  @Test
  void detailsOfChrfArePrecisionAndRecall() {
    // abc and abdx: 2 of 3 and 4 characters match, 1 of 2 and 3 pairs, 0 of 1 and 2 triples.
    Map<String, Double> details =
        new Chrf().measure(List.of("abc"), List.of(List.of("abdx"))).details();
    assertEquals(List.of("precision", "recall"), List.copyOf(details.keySet()));
    assertEquals(100 * (2 / 3.0 + 1 / 2.0) / 3, details.get("precision"), 1e-9);
    assertEquals(100 * (2 / 4.0 + 1 / 3.0) / 3, details.get("recall"), 1e-9);
  }
}
