package org.yuqiao.evaluate.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EditDistanceTest {
  private static int[] words(SplittableRandom random, int length) {
    return random.ints(length, 0, 4).toArray();
  }

  /** The textbook recurrence without a beam. */
  private static int levenshtein(int[] a, int[] b) {
    int[] row = new int[b.length + 1];
    for (int j = 0; j <= b.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length; i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length; j++) {
        int substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length];
  }

  @Test
  void sentencesShorterThanTheBeamGetTheExactDistance() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 500; i++) {
      int[] hypothesis = words(random, random.nextInt(20));
      int[] reference = words(random, 1 + random.nextInt(20));
      assertEquals(
          levenshtein(hypothesis, reference),
          new EditDistance(reference, hypothesis.length).distance(hypothesis));
    }
  }

  @Test
  void keptRowsChangeNeitherDistanceNorAlignment() {
    SplittableRandom random = new SplittableRandom(8);
    int[] reference = words(random, 70);
    EditDistance kept = new EditDistance(reference, 90);
    int[] base = words(random, 90);
    for (int i = 0; i < 200; i++) {
      int[] hypothesis = base.clone();
      hypothesis[random.nextInt(90)] = random.nextInt(4);
      EditDistance fresh = new EditDistance(reference, 90);
      assertEquals(fresh.distance(hypothesis), kept.distance(hypothesis));
      EditDistance.Alignment expected = fresh.alignment();
      EditDistance.Alignment alignment = kept.alignment();
      assertArrayEquals(expected.position(), alignment.position());
      assertArrayEquals(expected.referenceWrong(), alignment.referenceWrong());
      assertArrayEquals(expected.hypothesisWrong(), alignment.hypothesisWrong());
    }
  }

  @Test
  void alignmentFollowsThePath() {
    EditDistance editDistance = new EditDistance(new int[] {1, 2, 3}, 3);
    assertEquals(2, editDistance.distance(new int[] {1, 3, 4}));
    EditDistance.Alignment alignment = editDistance.alignment();
    // 1 matches, 2 and 3 stand against 3 and 4: of equal costs substitution is preferred.
    assertArrayEquals(new int[] {0, 1, 2}, alignment.position());
    assertArrayEquals(new boolean[] {false, true, true}, alignment.referenceWrong());
    assertArrayEquals(new boolean[] {false, true, true}, alignment.hypothesisWrong());
  }
}
