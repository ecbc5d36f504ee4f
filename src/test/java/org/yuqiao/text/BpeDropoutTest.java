package org.yuqiao.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BpeDropoutTest {
  /** Its merges are ab, then abc. */
  private final BpeTokenizer tokenizer =
      new TokenizerLearner(new SubwordSettings(400, Segmentation.NONE, Fallback.BYTE, 2), false)
          .learn(Stream.of("abc", "abc", "abc", "ab", "ab"));

  private List<String> cut(String text, double dropout, SplittableRandom random) {
    return Arrays.stream(tokenizer.encode(text, dropout, random))
        .mapToObj(tokenizer::piece)
        .toList();
  }

  @Test
  void withoutDropoutASentenceIsCutAsEver() {
    for (String text : List.of("abc", "abcab cab 中文 abc")) {
      assertArrayEquals(tokenizer.encode(text), tokenizer.encode(text, 0, new SplittableRandom(1)));
    }
  }

  @Test
  void withAllMergesSkippedOnlyCharactersAreLeft() {
    assertEquals(List.of("a", "b", "c"), cut("abc", 1, new SplittableRandom(1)));
  }

  /** Of abc, ab is not merged with probability p; then abc is not with probability p. */
  @Test
  void eachSegmentationHasTheProbabilityOfItsMerges() {
    double p = 0.3;
    int draws = 20_000;
    SplittableRandom random = new SplittableRandom(7);
    Map<List<String>, Integer> counts = new HashMap<>();
    for (int i = 0; i < draws; i++) {
      counts.merge(cut("abc", p, random), 1, Integer::sum);
    }
    Map<List<String>, Double> expected =
        Map.of(
            List.of("a", "b", "c"), p,
            List.of("ab", "c"), (1 - p) * p,
            List.of("abc"), (1 - p) * (1 - p));
    assertEquals(expected.keySet(), counts.keySet());
    expected.forEach(
        (pieces, share) -> {
          double deviation = Math.sqrt(draws * share * (1 - share));
          assertEquals(draws * share, counts.get(pieces), 4 * deviation, pieces.toString());
        });
  }

  @Test
  void whateverIsSkippedTheTextIsTheSame() {
    SplittableRandom random = new SplittableRandom(3);
    for (String text : List.of("abc ab 中文😀 cab!", "abcabcabc", " ab")) {
      for (int i = 0; i < 50; i++) {
        int[] ids = tokenizer.encode(text, 0.4, random);
        assertEquals(text, tokenizer.decode(ids));
        assertTrue(ids.length >= tokenizer.encode(text).length);
      }
    }
  }

  @Test
  void longWordsAreMergedAsShortOnesInTheSameOrder() {
    SplittableRandom random = new SplittableRandom(5);
    Map<Long, Integer> ranks = new HashMap<>();
    int[] merged = new int[400];
    for (int rank = 0; rank < merged.length; rank++) {
      ranks.put(BpeTokenizer.key(random.nextInt(20), random.nextInt(20)), rank);
      merged[rank] = random.nextInt(20);
    }
    for (int length = 0; length < 300; length += 7) {
      int[] symbols = random.ints(length, 0, 20).toArray();
      assertArrayEquals(
          mergedByScanning(symbols, ranks, merged),
          new MergeQueue(symbols, key -> ranks.getOrDefault(key, MergeQueue.NO_RANK), merged)
              .merge());
    }
  }

  /** The definition: of all pairs that may be merged, the first of the lowest rank. */
  private static int[] mergedByScanning(int[] symbols, Map<Long, Integer> ranks, int[] merged) {
    int[] current = symbols;
    while (true) {
      int best = MergeQueue.NO_RANK;
      int at = -1;
      for (int i = 0; i + 1 < current.length; i++) {
        int rank =
            ranks.getOrDefault(BpeTokenizer.key(current[i], current[i + 1]), MergeQueue.NO_RANK);
        if (rank < best) {
          best = rank;
          at = i;
        }
      }
      if (at < 0) {
        return current;
      }
      int[] shorter = new int[current.length - 1];
      System.arraycopy(current, 0, shorter, 0, at);
      shorter[at] = merged[best];
      System.arraycopy(current, at + 2, shorter, at + 1, current.length - at - 2);
      current = shorter;
    }
  }

  @Test
  @Tag("slow")
  void wordsOfAnyLengthAreTokenizedAndComeBack() {
    for (String word : List.of("abc".repeat(100_000), "a'b".repeat(100_000), "中".repeat(100_000))) {
      assertEquals(word, tokenizer.decode(tokenizer.encode(word)));
      int[] dropped = tokenizer.encode(word, 0.1, new SplittableRandom(1));
      assertEquals(word, tokenizer.decode(dropped));
    }
  }
}
