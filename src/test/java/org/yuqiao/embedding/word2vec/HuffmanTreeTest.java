package org.yuqiao.embedding.word2vec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class HuffmanTreeTest {
  private static final WordCounts WORDS =
      new WordCounts(List.of("a", "b", "c", "d", "e", "f"), new long[] {45, 16, 13, 12, 9, 5});

  @Test
  void pathsAreAsLongAsInTheTextbookTree() {
    HuffmanTree tree = new HuffmanTree(WORDS);
    int[] depths = {1, 3, 3, 3, 4, 4};
    for (int word = 0; word < depths.length; word++) {
      assertEquals(depths[word], tree.depth(word), WORDS.words().get(word));
    }
    assertEquals(5, tree.rows());
    assertEquals(4, tree.maxTargets());
  }

  /** Whatever the inner nodes answer, the chances of all words add up to one. */
  @Test
  void theProbabilitiesOfAllPathsAddUpToOne() {
    HuffmanTree tree = new HuffmanTree(WORDS);
    double[] rightAt = {0.3, 0.9, 0.5, 0.01, 0.77};
    double total = 0;
    Targets targets = new Targets(tree.maxTargets());
    for (int word = 0; word < WORDS.size(); word++) {
      tree.fill(word, 8, new SplitMix(1), targets);
      double chance = 1;
      for (int t = 0; t < targets.count; t++) {
        double right = rightAt[targets.at[t] / 8];
        chance *= targets.labels[t] == 1 ? right : 1 - right;
      }
      total += chance;
    }
    assertEquals(1, total, 1e-12);
  }

  @Test
  void noiseIsDrawnAsOftenAsTheCountToThePowerOfThreeQuarters() {
    AliasTable table = AliasTable.noise(WORDS);
    SplitMix random = new SplitMix(3);
    int[] drawn = new int[WORDS.size()];
    int draws = 400_000;
    for (int i = 0; i < draws; i++) {
      drawn[table.draw(random)]++;
    }
    double sum = 0;
    for (int i = 0; i < WORDS.size(); i++) {
      sum += Math.pow((double) WORDS.count(i), 0.75);
    }
    for (int i = 0; i < WORDS.size(); i++) {
      assertEquals(Math.pow((double) WORDS.count(i), 0.75) / sum, drawn[i] / (double) draws, 0.004);
    }
  }

  @Test
  void frequentWordsAreThinnedOutByTheFormulaOfWord2vec() {
    float[] keep = WORDS.keepProbabilities(0.1);
    assertEquals(Math.sqrt(0.1 / 0.45) + 0.1 / 0.45, keep[0], 1e-6);
    assertEquals(1, keep[4]);
    assertTrue(keep[0] < 1);
    assertEquals(1, WORDS.keepProbabilities(0)[0]);
  }
}
