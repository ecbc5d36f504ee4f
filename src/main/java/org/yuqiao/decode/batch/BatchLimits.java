package org.yuqiao.decode.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much one thread works on at once.
 *
 * @param sentences the maximum number of sentences of a batch
 * @param tokens the maximum number of tokens of a batch, times hypotheses a sentence; a single
 *     sentence may have more
 */
public record BatchLimits(int sentences, int tokens) {
  /** Enough rows for GEMMs to run at full speed, few enough to stay in the cache. */
  public static final BatchLimits DEFAULT = new BatchLimits(128, 1500);

  /**
   * Batches of about equally many tokens, as many for one thread as for another. The longest
   * sentences come first, so that no thread is left with them at the end.
   *
   * @param lengths tokens of each sentence with its end; sentences of length 0 are left out
   * @param rows the maximum number of hypotheses of a sentence
   * @return the indices of the sentences of each batch
   */
  List<int[]> batches(int[] lengths, int rows, int threads) {
    int[] order =
        IntStream.range(0, lengths.length)
            .filter(i -> lengths[i] > 0)
            .boxed()
            .sorted(Comparator.comparingInt((Integer i) -> -lengths[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    long share = share(rows * Arrays.stream(lengths).asLongStream().sum(), threads);
    List<int[]> batches = new ArrayList<>();
    int from = 0;
    while (from < order.length) {
      int end = Math.min(order.length, from + sentences(lengths[order[from]], rows));
      int to = from;
      for (long taken = 0; to < end && taken < share; to++) {
        taken += (long) rows * lengths[order[to]];
      }
      batches.add(Arrays.copyOfRange(order, from, to));
      from = to;
    }
    return batches;
  }

  /** The number of sentences of {@code length} tokens and {@code rows} hypotheses in a batch. */
  private int sentences(int length, int rows) {
    return Math.max(1, Math.min(sentences, tokens / (length * rows)));
  }

  /** The tokens of a batch that give {@code threads} threads equally many batches. */
  private long share(long total, int threads) {
    long batches = (total + tokens - 1) / tokens;
    long rounds = (batches + threads - 1) / threads;
    return Math.max(1, (total + rounds * threads - 1) / Math.max(1, rounds * threads));
  }
}
