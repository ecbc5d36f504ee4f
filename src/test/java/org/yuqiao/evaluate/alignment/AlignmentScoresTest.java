package org.yuqiao.evaluate.alignment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yuqiao.text.Language;

class AlignmentScoresTest {
  private static final SplitSentence WORDS = new SplitSentence(Language.EN, List.of());

  /** Links as "0-0 1p2": sure ones and, with {@code possible}, all. */
  private static Set<WordLink> links(String text, boolean possible) {
    Set<WordLink> links = new HashSet<>();
    for (String link : text.isEmpty() ? new String[0] : text.split(" ")) {
      if (possible || link.contains("-")) {
        String[] ends = link.split("[-p]");
        links.add(new WordLink(Integer.parseInt(ends[0]), Integer.parseInt(ends[1])));
      }
    }
    return links;
  }

  private static GoldAlignment gold(String text) {
    return new GoldAlignment(WORDS, WORDS, links(text, false), links(text, true));
  }

  private static AlignmentScores scores(List<String> gold, List<String> links) {
    return AlignmentScores.of(
        gold.stream().map(AlignmentScoresTest::gold).toList(),
        links.stream().map(text -> links(text, true)).toList());
  }

  @Test
  void ratesAreThoseWorkedOutByHand() {
    // A = 4 links, S = 3; 2 of A are sure, 1 more is possible, 1 is wrong.
    AlignmentScores scores = scores(List.of("0-0 1-1 2p1 3-3"), List.of("0-0 1-1 2-1 3-2"));
    assertEquals(100 * 3 / 4.0, scores.precision(), 1e-9);
    assertEquals(100 * 2 / 3.0, scores.recall(), 1e-9);
    assertEquals(100 * (1 - (2 + 3) / (4.0 + 3)), scores.errorRate(), 1e-9);
    assertEquals(4, scores.links());
  }

  @Test
  void countsAreSummedOverPairsBeforeDividing() {
    // A: 1 + 3, S: 1 + 1; in S 1 + 1, in P 1 + 1.
    AlignmentScores scores = scores(List.of("0-0", "0-0"), List.of("0-0", "0-0 1-1 2-2"));
    assertEquals(50, scores.precision(), 1e-9);
    assertEquals(100, scores.recall(), 1e-9);
    assertEquals(100 * (1 - 4 / 6.0), scores.errorRate(), 1e-9);
  }

  @Test
  void sureLinksAndAnyPossibleOnesMakeNoError() {
    assertEquals(0, scores(List.of("0-0 1p1"), List.of("0-0")).errorRate(), 1e-9);
    assertEquals(0, scores(List.of("0-0 1p1"), List.of("0-0 1-1")).errorRate(), 1e-9);
  }

  @Test
  void theIntervalSpansTheDrawnSetsOfPairs() {
    // Of two pairs one is all right and one all wrong: a quarter of the drawn sets have both twice.
    AlignmentScores mixed = scores(List.of("0-0", "0-0"), List.of("0-0", "1-1"));
    assertEquals(50, mixed.errorRate(), 1e-9);
    assertEquals(0, mixed.interval().low(), 1e-9);
    assertEquals(100, mixed.interval().high(), 1e-9);
    AlignmentScores alike = scores(List.of("0-0 1-1", "0-0 1-1"), List.of("0-0", "0-0"));
    assertEquals(alike.errorRate(), alike.interval().low(), 1e-9);
    assertEquals(alike.errorRate(), alike.interval().high(), 1e-9);
  }

  @Test
  void noLinkAtAllIsAllError() {
    AlignmentScores scores = scores(List.of("0-0"), List.of(""));
    assertEquals(100, scores.errorRate(), 1e-9);
    assertEquals(0, scores.precision(), 1e-9);
    assertThrows(
        IllegalArgumentException.class, () -> AlignmentScores.of(List.of(), List.of(Set.of())));
  }

  /** The figures of aer.py of lilt/alignment-scripts; aer_fixture.py beside the file says how. */
  @Test
  void ratesAgreeWithThoseOfAnotherProgram() throws IOException {
    JsonNode fixture;
    try (InputStream in = AlignmentScoresTest.class.getResourceAsStream("aer.json")) {
      fixture = new ObjectMapper().readTree(in);
    }
    List<String> gold = new ArrayList<>();
    List<String> links = new ArrayList<>();
    fixture.get("gold").forEach(line -> gold.add(line.textValue()));
    fixture.get("links").forEach(line -> links.add(line.textValue()));
    AlignmentScores scores = scores(gold, links);
    assertEquals(fixture.get("aer").doubleValue(), scores.errorRate(), 1e-9);
    assertEquals(fixture.get("precision").doubleValue(), scores.precision(), 1e-9);
    assertEquals(fixture.get("recall").doubleValue(), scores.recall(), 1e-9);
  }
}
