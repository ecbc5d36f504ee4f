package org.yuqiao.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Learns merges by byte pair encoding (Sennrich, Haddow and Birch 2016, algorithm 1).
 *
 * <p>The most frequent pair of adjacent symbols is merged into one symbol, repeatedly. Pair counts
 * are updated incrementally, so a merge costs only the words it changes. Ties go to the pair with
 * the smaller symbol ids, so the result is deterministic.
 */
final class BytePairEncoding {
  /** Two adjacent symbols, by id. */
  record Pair(int left, int right) {}

  private record Candidate(Pair pair, long count) {}

  private static final Comparator<Candidate> MOST_FREQUENT_FIRST =
      Comparator.comparingLong((Candidate c) -> -c.count)
          .thenComparingInt(c -> c.pair.left)
          .thenComparingInt(c -> c.pair.right);

  private final List<String> symbols;
  private final int minimumCount;
  private final List<int[]> words = new ArrayList<>();
  private final List<Long> frequencies = new ArrayList<>();
  private final Map<Pair, Long> counts = new HashMap<>();
  private final Map<Pair, Set<Integer>> places = new HashMap<>();
  private final PriorityQueue<Candidate> queue = new PriorityQueue<>(MOST_FREQUENT_FIRST);

  /**
   * Counts the pairs of the pieces.
   *
   * @param alphabet the initial symbols, by id
   * @param pieces pre-tokenized pieces with their frequencies; no merge crosses a character outside
   *     the alphabet
   * @param minimumCount the minimum frequency of a merged pair
   */
  BytePairEncoding(List<String> alphabet, Map<String, Long> pieces, int minimumCount) {
    this.symbols = new ArrayList<>(alphabet);
    this.minimumCount = minimumCount;
    Map<String, Integer> ids = new HashMap<>();
    for (int i = 0; i < alphabet.size(); i++) {
      ids.put(alphabet.get(i), i);
    }
    pieces.forEach((piece, frequency) -> addWord(piece, frequency, ids));
    counts.forEach((pair, count) -> queue.add(new Candidate(pair, count)));
  }

  private void addWord(String piece, long frequency, Map<String, Integer> ids) {
    int[] word = piece.codePoints().map(c -> ids.getOrDefault(Character.toString(c), -1)).toArray();
    int index = words.size();
    words.add(word);
    frequencies.add(frequency);
    for (int i = 0; i + 1 < word.length; i++) {
      count(word[i], word[i + 1], index, frequency);
    }
  }

  private void count(int left, int right, int word, long frequency) {
    if (left >= 0 && right >= 0) {
      Pair pair = new Pair(left, right);
      counts.merge(pair, frequency, Long::sum);
      places.computeIfAbsent(pair, p -> new HashSet<>()).add(word);
    }
  }

  /**
   * Learns merges, in order, until there are {@code size} symbols or no pair is frequent enough.
   */
  Map<Pair, String> learn(int size) {
    Map<Pair, String> merges = new LinkedHashMap<>();
    Set<String> known = new HashSet<>(symbols);
    while (symbols.size() < size && !queue.isEmpty()) {
      Candidate best = queue.poll();
      long current = counts.getOrDefault(best.pair, 0L);
      if (current != best.count) {
        if (current >= minimumCount) {
          queue.add(new Candidate(best.pair, current));
        }
        continue;
      }
      if (current < Math.max(2, minimumCount)) {
        break;
      }
      String merged = symbols.get(best.pair.left) + symbols.get(best.pair.right);
      if (known.add(merged)) {
        merges.put(best.pair, merged);
        symbols.add(merged);
        merge(best.pair, symbols.size() - 1);
      } else {
        // Another merge has made a token of the same text already.
        counts.remove(best.pair);
      }
    }
    return merges;
  }

  /** All symbols: the alphabet, then the merged ones. */
  List<String> symbols() {
    return symbols;
  }

  private void merge(Pair pair, int merged) {
    Set<Pair> created = new HashSet<>();
    for (int index : places.remove(pair).stream().sorted().toList()) {
      int[] old = words.get(index);
      long frequency = frequencies.get(index);
      int[] replaced = replace(old, pair, merged);
      if (replaced.length == old.length) {
        continue;
      }
      for (int i = 0; i + 1 < old.length; i++) {
        if (old[i] >= 0 && old[i + 1] >= 0) {
          counts.merge(new Pair(old[i], old[i + 1]), -frequency, Long::sum);
        }
      }
      for (int i = 0; i + 1 < replaced.length; i++) {
        count(replaced[i], replaced[i + 1], index, frequency);
        if (replaced[i] == merged || replaced[i + 1] == merged) {
          created.add(new Pair(replaced[i], replaced[i + 1]));
        }
      }
      words.set(index, replaced);
    }
    counts.remove(pair);
    for (Pair other : created) {
      queue.add(new Candidate(other, counts.getOrDefault(other, 0L)));
    }
  }

  private static int[] replace(int[] word, Pair pair, int merged) {
    int[] result = new int[word.length];
    int length = 0;
    for (int i = 0; i < word.length; i++) {
      boolean here = i + 1 < word.length && word[i] == pair.left && word[i + 1] == pair.right;
      result[length++] = here ? merged : word[i];
      if (here) {
        i++;
      }
    }
    return Arrays.copyOf(result, length);
  }
}
