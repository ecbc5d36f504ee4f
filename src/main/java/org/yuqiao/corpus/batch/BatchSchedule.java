package org.yuqiao.corpus.batch;

import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.yuqiao.corpus.pair.Example;

/**
 * Batches of a corpus whose lengths fit into memory, some 50 bytes a pair: all pairs of an epoch
 * are sorted and shuffled together.
 */
public final class BatchSchedule implements BatchSource {
  private final IndexedCorpus corpus;
  private final List<Double> weights;
  private final int tokenBudget;
  private final long seed;

  /**
   * A schedule.
   *
   * @param tokenBudget the maximum number of tokens of a side, padding included; a longer pair is a
   *     batch of its own
   */
  public BatchSchedule(EncodedCorpus corpus, int tokenBudget, long seed) {
    this(corpus, List.of(), tokenBudget, seed);
  }

  /**
   * A schedule that mixes several corpora.
   *
   * @param weights how often a pair of each corpus is seen in an epoch, on average; empty for once
   */
  public BatchSchedule(EncodedCorpus corpus, List<Double> weights, int tokenBudget, long seed) {
    this.corpus = new IndexedCorpus(corpus);
    this.weights = List.copyOf(weights);
    this.tokenBudget = tokenBudget;
    this.seed = seed;
  }

  @Override
  public Iterator<Scheduled> epoch(int epoch, int first) {
    List<int[]> batches = epoch(epoch);
    return IntStream.range(first, batches.size())
        .mapToObj(i -> new Scheduled(pairs(batches.get(i)), (double) i / batches.size()))
        .iterator();
  }

  /** The batches of an epoch in their order, each a list of pair numbers. */
  public List<int[]> epoch(int epoch) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + epoch);
    int[] sample = sample(random);
    long[] keys = new long[sample.length];
    for (int i = 0; i < keys.length; i++) {
      int pair = sample[i];
      // Target length, then source length, then chance: neighbors are alike but differ from epoch
      // to epoch.
      long lengths = (long) corpus.targetLength(pair) << 16 | corpus.sourceLength(pair);
      keys[i] = lengths << 31 | random.nextInt(Integer.MAX_VALUE);
    }
    int[] order =
        IntStream.range(0, keys.length)
            .boxed()
            .sorted((a, b) -> Long.compare(keys[a], keys[b]))
            .mapToInt(i -> sample[i])
            .toArray();
    List<int[]> batches =
        BatchSource.cut(
            order,
            pair -> 1 + Math.max(corpus.sourceLength(pair), corpus.targetLength(pair)),
            tokenBudget);
    for (int i = batches.size() - 1; i > 0; i--) {
      Collections.swap(batches, i, random.nextInt(i + 1));
    }
    return batches;
  }

  /**
   * The pairs of an epoch. With a weight of 2.3 each pair of a corpus comes twice, and three of
   * ten, drawn anew each epoch, a third time.
   */
  private int[] sample(SplittableRandom random) {
    if (weights.isEmpty()) {
      return IntStream.range(0, corpus.size()).toArray();
    }
    IntStream.Builder sample = IntStream.builder();
    int[] ends = corpus.ends();
    int pair = 0;
    for (int i = 0; i < ends.length; i++) {
      double weight = weights.get(i);
      for (; pair < ends[i]; pair++) {
        boolean again = random.nextDouble() < weight - Math.floor(weight);
        int copies = (int) Math.floor(weight) + (again ? 1 : 0);
        for (int copy = 0; copy < copies; copy++) {
          sample.add(pair);
        }
      }
    }
    return sample.build().toArray();
  }

  /** The pairs of a batch. */
  public List<Example> pairs(int[] batch) {
    return Arrays.stream(batch).mapToObj(corpus::get).toList();
  }
}
