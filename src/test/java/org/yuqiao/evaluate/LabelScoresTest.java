package org.yuqiao.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LabelScoresTest {
  private static List<String> labels(String text) {
    return List.of(text.split(" "));
  }

  @Test
  void spansOfWordsAreFoundFromPlaces() {
    assertEquals(
        List.of(new Spans.Span(0, 1, ""), new Spans.Span(1, 4, ""), new Spans.Span(4, 6, "")),
        Spans.of(labels("S B M E B E"), true));
  }

  @Test
  void spansHaveTypesAndMayLeaveTokensOut() {
    assertEquals(
        List.of(
            new Spans.Span(1, 3, "PER"), new Spans.Span(3, 4, "PER"), new Spans.Span(4, 5, "LOC")),
        Spans.of(labels("O B-PER I-PER B-PER I-LOC O"), true));
  }

  @Test
  void labelsThatAreNoPlacesAreSpansOfOneToken() {
    assertFalse(Spans.haveScheme(Set.of("n", "v")));
    assertFalse(Spans.haveScheme(Set.of("B-n", "verb")));
    assertFalse(Spans.haveScheme(Set.of("O", "I-n")));
    assertTrue(Spans.haveScheme(Set.of("B", "M", "E", "S")));
    assertEquals(
        List.of(new Spans.Span(0, 1, "n"), new Spans.Span(1, 2, "n")),
        Spans.of(labels("n n"), false));
  }

  @Test
  void scoresOfWordsAreThoseWorkedOutByHand() {
    // Words wanted: 0-2, 2-3, 3-5. Found: 0-2, 2-5. One is right of two found and three wanted.
    Map<String, Double> scores =
        LabelScores.ofTokens(List.of(labels("B E S B E")), List.of(labels("B E B M E")));
    assertEquals(50, scores.get("precision"), 1e-9);
    assertEquals(100.0 / 3, scores.get("recall"), 1e-9);
    assertEquals(40, scores.get("f1"), 1e-9);
    assertEquals(60, scores.get("accuracy"), 1e-9);
  }

  @Test
  void scoresOfClassesAreThoseWorkedOutByHand() {
    // a: 2 right, 1 found too often; b: 1 right, 1 missed; c: missed once; d: found once.
    Map<String, Double> scores = LabelScores.ofSentences(labels("a a b b c"), labels("a a b a d"));
    assertEquals(60, scores.get("accuracy"), 1e-9);
    assertEquals((80 + 200.0 / 3 + 0 + 0) / 4, scores.get("macro-f1"), 1e-9);
  }

  /** The figures of seqeval and scikit-learn; label-scores.py beside the file says how. */
  @Test
  void figuresAgreeWithThoseOfOtherPrograms() throws IOException {
    JsonNode fixture;
    try (InputStream in = LabelScoresTest.class.getResourceAsStream("label-scores.json")) {
      fixture = new ObjectMapper().readTree(in);
    }
    assertTrue(fixture.get("tokens").size() >= 3);
    for (JsonNode one : fixture.get("tokens")) {
      Map<String, Double> scores =
          LabelScores.ofTokens(lists(one.get("expected")), lists(one.get("found")));
      one.get("scores")
          .properties()
          .forEach(
              s -> assertEquals(s.getValue().asDouble(), scores.get(s.getKey()), 1e-9, s + ""));
    }
    for (JsonNode one : fixture.get("sentences")) {
      Map<String, Double> scores =
          LabelScores.ofSentences(list(one.get("expected")), list(one.get("found")));
      one.get("scores")
          .properties()
          .forEach(
              s -> assertEquals(s.getValue().asDouble(), scores.get(s.getKey()), 1e-9, s + ""));
    }
  }

  private static List<List<String>> lists(JsonNode node) {
    List<List<String>> lists = new ArrayList<>();
    node.forEach(one -> lists.add(list(one)));
    return lists;
  }

  private static List<String> list(JsonNode node) {
    List<String> list = new ArrayList<>();
    node.forEach(one -> list.add(one.asText()));
    return list;
  }
}
