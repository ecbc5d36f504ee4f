package org.yuqiao.text;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.function.LongToIntFunction;

/**
 * Applies merges to a long word in O(n log n), where scanning all pairs for each merge takes O(n
 * squared). The result is the same: the lowest rank first, the leftmost of equal ones.
 */
final class MergeQueue {
  /** The rank of a pair that is not merged. */
  static final int NO_RANK = Integer.MAX_VALUE;

  private final int[] symbols;
  private final int[] before;
  private final int[] after;
  private final LongToIntFunction ranks;
  private final int[] merged;

  /** Pairs as rank and position of the left symbol; out of date once one of them was merged. */
  private final PriorityQueue<Long> pairs = new PriorityQueue<>();

  /**
   * A word of {@code symbols}.
   *
   * @param ranks the rank of two neighbors by {@link BpeTokenizer#key}, or {@link #NO_RANK}
   * @param merged the symbol that the merge of a rank makes
   */
  MergeQueue(int[] symbols, LongToIntFunction ranks, int[] merged) {
    this.symbols = symbols.clone();
    this.ranks = ranks;
    this.merged = merged;
    before = new int[symbols.length];
    after = new int[symbols.length];
    Arrays.setAll(before, i -> i - 1);
    Arrays.setAll(after, i -> i + 1);
  }

  /** The symbols after all merges. */
  int[] merge() {
    for (int i = 0; i + 1 < symbols.length; i++) {
      offer(i);
    }
    for (Long pair = pairs.poll(); pair != null; pair = pairs.poll()) {
      int rank = (int) (pair >> 32);
      int left = pair.intValue();
      if (rank == rank(left)) {
        int right = after[left];
        symbols[left] = merged[rank];
        symbols[right] = -1;
        after[left] = after[right];
        if (after[left] < symbols.length) {
          before[after[left]] = left;
        }
        offer(before[left]);
        offer(left);
      }
    }
    return Arrays.stream(symbols).filter(symbol -> symbol >= 0).toArray();
  }

  private void offer(int left) {
    int rank = rank(left);
    if (rank != NO_RANK) {
      pairs.add((long) rank << 32 | left);
    }
  }

  /** The rank of the pair that begins at {@code left}. */
  private int rank(int left) {
    boolean pair = left >= 0 && symbols[left] >= 0 && after[left] < symbols.length;
    return pair ? ranks.applyAsInt(BpeTokenizer.key(symbols[left], symbols[after[left]])) : NO_RANK;
  }
}
