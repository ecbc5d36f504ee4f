package org.yuqiao.corpus.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.yuqiao.corpus.pair.Example;

/**
 * The batches of each epoch: pairs of similar lengths, to pad little, up to a token budget a side.
 * They are a function of seed and epoch alone, so training can resume anywhere.
 */
public interface BatchSource {
  /**
   * A batch in its place.
   *
   * @param epochDone the share of the epoch before it, from 0 to 1
   */
  record Scheduled(List<Example> pairs, double epochDone) {}

  /** A corpus of more pairs is streamed even if the settings name no buffer. */
  int MAX_PAIRS_IN_MEMORY = 100_000_000;

  /** The pairs that are then shuffled together. */
  int SHUFFLE_BUFFER = 1_000_000;

  /**
   * The batches of {@code corpus}.
   *
   * @param weights how often a pair of each corpus is seen in an epoch, on average; empty for once
   * @param tokenBudget the maximum number of tokens of a side, padding included; a longer pair is a
   *     batch of its own
   * @param shuffleBuffer the number of pairs that are shuffled together; 0: all, up to {@link
   *     #MAX_PAIRS_IN_MEMORY}
   */
  static BatchSource of(
      EncodedCorpus corpus, List<Double> weights, int tokenBudget, long seed, int shuffleBuffer) {
    if (shuffleBuffer > 0 || corpus.size() > MAX_PAIRS_IN_MEMORY) {
      int pairs = shuffleBuffer > 0 ? shuffleBuffer : SHUFFLE_BUFFER;
      return new StreamedSchedule(corpus, weights, tokenBudget, seed, pairs);
    }
    return new BatchSchedule(corpus, weights, tokenBudget, seed);
  }

  /** The batches of an epoch in their order, from number {@code first} on. */
  Iterator<Scheduled> epoch(int epoch, int first);

  /**
   * Cuts {@code order} into batches.
   *
   * @param length of a pair: tokens of its longer side, {@code <eos>} counted
   * @param tokenBudget the maximum number of tokens of a side, padding included; a longer pair is a
   *     batch of its own
   */
  static List<int[]> cut(int[] order, IntUnaryOperator length, int tokenBudget) {
    List<int[]> batches = new ArrayList<>();
    int start = 0;
    int longest = 0;
    for (int i = 0; i < order.length; i++) {
      int own = length.applyAsInt(order[i]);
      int grown = Math.max(longest, own);
      if (i > start && grown * (i - start + 1) > tokenBudget) {
        batches.add(Arrays.copyOfRange(order, start, i));
        start = i;
        grown = own;
      }
      longest = grown;
    }
    if (start < order.length) {
      batches.add(Arrays.copyOfRange(order, start, order.length));
    }
    return batches;
  }
}
