package org.yuqiao.embedding.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.yuqiao.embedding.compare.SeedSummary.Verdict;
import org.yuqiao.embedding.evaluation.NeighborOverlap;
import org.yuqiao.embedding.vectors.WordVectors;

class SeedSummaryTest {
  @Test
  void meanAndDeviationAreThoseOfASample() {
    SeedSummary statistics = SeedSummary.of(List.of(2.0, 4.0, 9.0));
    assertEquals(5, statistics.mean(), 1e-12);
    assertEquals(Math.sqrt(13), statistics.deviation(), 1e-12);
    assertEquals("50.0 ± 36.1", statistics.text(10, 1));
  }

  /** t = 3 / sqrt(2/3) = 3.67 is below 4.303, t = 4 / sqrt(2/3) = 4.90 above. */
  @Test
  void aDifferenceCountsWhenItIsGreaterThanTheSeedsExplain() {
    SeedSummary low = SeedSummary.of(List.of(1.0, 2.0, 3.0));
    assertEquals(Verdict.NOISE, low.against(SeedSummary.of(List.of(4.0, 5.0, 6.0))));
    assertEquals(Verdict.LESS, low.against(SeedSummary.of(List.of(5.0, 6.0, 7.0))));
    assertEquals(Verdict.GREATER, SeedSummary.of(List.of(5.0, 6.0, 7.0)).against(low));
    assertEquals(Verdict.UNKNOWN, low.against(SeedSummary.of(List.of(9.0))));
  }

  @Test
  void neighborsInCommonAreCountedAmongWordsThatBothKnow() {
    WordVectors first =
        new WordVectors(
            List.of("a", "b", "c", "x"), 2, new float[] {1, 0, 0.9f, 0.1f, 0, 1, 1, 0.01f});
    WordVectors same = first.select(0, 1, 2);
    WordVectors turned =
        new WordVectors(List.of("a", "b", "c"), 2, new float[] {1, 0, 0, 1, 0.9f, 0.1f});
    assertEquals(1, new NeighborOverlap(first, same).share(List.of("a", "x"), 1));
    assertEquals(0, new NeighborOverlap(first, turned).share(List.of("a"), 1));
    assertEquals(1, new NeighborOverlap(first, turned).share(List.of("a"), 2));
  }
}
