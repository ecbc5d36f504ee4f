package org.yuqiao.corpus.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.yuqiao.corpus.pair.Example;

/**
 * Batches of a corpus of any size in bounded memory. Each epoch reads the shards in another order,
 * several at a time, and shuffles their pairs within a buffer, in which batches are made as in
 * {@link BatchSchedule}.
 */
public final class StreamedSchedule implements BatchSource {
  /** Shards whose pairs are mixed. */
  private static final int OPEN_SHARDS = 16;

  private final EncodedCorpus corpus;
  private final List<Double> weights;
  private final int tokenBudget;
  private final long seed;
  private final int bufferSize;

  /**
   * A schedule.
   *
   * @param weights how often a pair of each corpus is seen in an epoch, on average; empty for once
   * @param tokenBudget the maximum number of tokens of a side, padding included
   * @param bufferSize the number of pairs that are shuffled together
   */
  public StreamedSchedule(
      EncodedCorpus corpus, List<Double> weights, int tokenBudget, long seed, int bufferSize) {
    this.corpus = corpus;
    this.weights = List.copyOf(weights);
    this.tokenBudget = tokenBudget;
    this.seed = seed;
    this.bufferSize = bufferSize;
  }

  @Override
  public Iterator<Scheduled> epoch(int epoch, int first) {
    return new Epoch(new SplittableRandom(seed * 0x9E3779B97F4A7C15L + epoch), first);
  }

  private double weight(EncodedCorpus.Shard shard) {
    return weights.isEmpty() ? 1 : weights.get(shard.corpus());
  }

  /** A shard that is read once in an epoch, each pair with a probability. */
  private static final class Sampled {
    private final EncodedCorpus.Shard shard;
    private final double probability;
    private final SplittableRandom random;

    Sampled(EncodedCorpus.Shard shard, double probability, SplittableRandom random) {
      this.shard = shard;
      this.probability = probability;
      this.random = random;
    }

    boolean takesNext() {
      return probability == 1 || random.nextDouble() < probability;
    }
  }

  /** The shards of an epoch, shuffled; with a weight of 2.3 a shard comes three times. */
  private Deque<Sampled> sample(SplittableRandom random) {
    List<Sampled> all = new ArrayList<>();
    for (EncodedCorpus.Shard shard : corpus.shards()) {
      double rest = weight(shard);
      for (; rest >= 1; rest--) {
        all.add(new Sampled(shard, 1, random.split()));
      }
      if (rest > 0) {
        all.add(new Sampled(shard, rest, random.split()));
      }
    }
    for (int i = all.size() - 1; i > 0; i--) {
      Collections.swap(all, i, random.nextInt(i + 1));
    }
    return new ArrayDeque<>(all);
  }

  /** One epoch. Buffers before the first batch that is wanted are passed over without their ids. */
  private final class Epoch implements Iterator<Scheduled> {
    private final SplittableRandom random;
    private final Deque<Sampled> waiting;
    private final List<OpenShard> open = new ArrayList<>();
    private final double expected;
    private int skip;
    private int turn;
    private long pairsBefore;
    private Iterator<Scheduled> ready = Collections.emptyIterator();

    /** A shard and how far it is read. */
    private record OpenShard(Sampled sampled, ShardReader reader) {}

    Epoch(SplittableRandom random, int first) {
      this.random = random;
      this.skip = first;
      this.expected =
          corpus.shards().stream().mapToDouble(shard -> weight(shard) * shard.pairs()).sum();
      this.waiting = sample(random);
    }

    @Override
    public boolean hasNext() {
      while (!ready.hasNext() && !(open.isEmpty() && waiting.isEmpty())) {
        // What is read now takes the place of the buffer before.
        ready = Collections.emptyIterator();
        ready = nextBuffer();
      }
      return ready.hasNext();
    }

    @Override
    public Scheduled next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the epoch has ended");
      }
      return ready.next();
    }

    private Iterator<Scheduled> nextBuffer() {
      ShardReader[] readers = new ShardReader[bufferSize];
      long[] starts = new long[bufferSize];
      int[] lengths = new int[bufferSize];
      List<ShardReader> finished = new ArrayList<>();
      int size = 0;
      while (size < bufferSize && openMore()) {
        turn %= open.size();
        OpenShard shard = open.get(turn);
        if (!shard.reader().hasNext()) {
          finished.add(shard.reader());
          open.remove(turn);
          continue;
        }
        int pair = shard.reader().next();
        if (shard.sampled().takesNext()) {
          readers[size] = shard.reader();
          starts[size] = shard.reader().start();
          lengths[size] = pair;
          size++;
        }
        turn++;
      }
      List<int[]> batches = batches(Arrays.copyOf(lengths, size));
      int skipped = Math.min(skip, batches.size());
      skip -= skipped;
      Example[] examples = new Example[skipped == batches.size() ? 0 : size];
      for (int i = 0; i < examples.length; i++) {
        examples[i] = readers[i].example(starts[i], lengths[i]);
      }
      finished.forEach(ShardReader::close);
      return scheduled(batches, skipped, examples);
    }

    /** Opens shards until there are as many as are mixed; false when the epoch has ended. */
    private boolean openMore() {
      while (open.size() < OPEN_SHARDS && !waiting.isEmpty()) {
        Sampled sampled = waiting.removeFirst();
        open.add(new OpenShard(sampled, new ShardReader(corpus.folder(), sampled.shard)));
      }
      return !open.isEmpty();
    }

    /** Sorts by target length, then source length, then chance; cuts; shuffles the batches. */
    private List<int[]> batches(int[] lengths) {
      int[] chance = IntStream.range(0, lengths.length).toArray();
      for (int i = chance.length - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        int pair = chance[i];
        chance[i] = chance[other];
        chance[other] = pair;
      }
      long[] keys = new long[lengths.length];
      for (int i = 0; i < keys.length; i++) {
        int pair = lengths[chance[i]];
        long both = (long) ShardReader.target(pair) << 16 | ShardReader.source(pair);
        keys[i] = both << 31 | i;
      }
      Arrays.sort(keys);
      int[] order = Arrays.stream(keys).mapToInt(key -> chance[(int) (key & 0x7FFFFFFF)]).toArray();
      List<int[]> batches =
          BatchSource.cut(
              order,
              pair ->
                  1
                      + Math.max(
                          ShardReader.source(lengths[pair]), ShardReader.target(lengths[pair])),
              tokenBudget);
      for (int i = batches.size() - 1; i > 0; i--) {
        Collections.swap(batches, i, random.nextInt(i + 1));
      }
      return batches;
    }

    private Iterator<Scheduled> scheduled(List<int[]> batches, int skipped, Example[] examples) {
      List<Double> done = new ArrayList<>();
      for (int[] batch : batches) {
        done.add(Math.min(1, pairsBefore / expected));
        pairsBefore += batch.length;
      }
      return IntStream.range(skipped, batches.size())
          .mapToObj(
              i ->
                  new Scheduled(
                      Arrays.stream(batches.get(i)).mapToObj(pair -> examples[pair]).toList(),
                      done.get(i)))
          .iterator();
    }
  }
}
