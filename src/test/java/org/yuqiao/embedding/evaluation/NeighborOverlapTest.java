package org.yuqiao.embedding.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.yuqiao.embedding.vectors.WordVectors;

class NeighborOverlapTest {
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
