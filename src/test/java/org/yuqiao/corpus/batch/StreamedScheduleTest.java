package org.yuqiao.corpus.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.corpus.pair.Example;

class StreamedScheduleTest {
  private static final int SIZE = 3000;
  private static final int SHARDS = 30;
  private static final int BUFFER = 700;
  private static final int BUDGET = 300;

  @TempDir private Path folder;

  /** Pairs with their numbers as first ids, in shards of a hundred. */
  private EncodedCorpus corpus() {
    SplittableRandom random = new SplittableRandom(1);
    Iterator<Example> pairs =
        IntStream.range(0, SIZE)
            .mapToObj(
                i -> {
                  int[] source = random.ints(1 + random.nextInt(20), 4, 100).toArray();
                  source[0] = i;
                  return new Example(source, new int[source.length]);
                })
            .iterator();
    long[] sizes = new long[SHARDS];
    Arrays.fill(sizes, SIZE / SHARDS);
    return EncodedCorpus.write(folder.resolve("ids"), pairs, sizes, 100);
  }

  private static StreamedSchedule schedule(EncodedCorpus corpus, long seed) {
    return new StreamedSchedule(corpus, List.of(), BUDGET, seed, BUFFER);
  }

  /** The numbers of the pairs of each batch. */
  private static List<List<Integer>> numbers(Iterator<BatchSource.Scheduled> epoch) {
    List<List<Integer>> batches = new ArrayList<>();
    epoch.forEachRemaining(
        batch -> batches.add(batch.pairs().stream().map(pair -> pair.source()[0]).toList()));
    return batches;
  }

  @Test
  void everyPairComesOnceInAnEpochAndBatchesKeepToTheBudgetWithLittlePadding() {
    EncodedCorpus corpus = corpus();
    assertEquals(SHARDS, corpus.shards().size());
    Set<Integer> seen = new TreeSet<>();
    long real = 0;
    long padded = 0;
    double done = -1;
    for (Iterator<BatchSource.Scheduled> epoch = schedule(corpus, 7).epoch(0, 0);
        epoch.hasNext(); ) {
      BatchSource.Scheduled next = epoch.next();
      next.pairs().forEach(pair -> assertTrue(seen.add(pair.source()[0])));
      Batch batch = Batch.of(next.pairs());
      assertTrue(
          batch.sentences() * Math.max(batch.sourceLength(), batch.targetLength()) <= BUDGET);
      assertTrue(next.epochDone() > done && next.epochDone() < 1);
      done = next.epochDone();
      real += batch.sourceTokens();
      padded += (long) batch.sentences() * batch.sourceLength();
    }
    assertEquals(SIZE, seen.size());
    assertTrue(real > 0.9 * padded, real + " of " + padded);
  }

  @Test
  void theOrderIsAFunctionOfSeedAndEpoch() {
    EncodedCorpus corpus = corpus();
    List<List<Integer>> first = numbers(schedule(corpus, 7).epoch(3, 0));
    assertEquals(first, numbers(schedule(EncodedCorpus.open(corpus.folder()), 7).epoch(3, 0)));
    assertNotEquals(first, numbers(schedule(corpus, 7).epoch(4, 0)));
    assertNotEquals(first, numbers(schedule(corpus, 8).epoch(3, 0)));
  }

  @Test
  void anEpochCanBeginAtAnyBatch() {
    StreamedSchedule schedule = schedule(corpus(), 7);
    List<List<Integer>> all = numbers(schedule.epoch(1, 0));
    for (int first = 0; first <= all.size(); first += 7) {
      assertEquals(all.subList(first, all.size()), numbers(schedule.epoch(1, first)));
    }
    assertFalse(schedule.epoch(1, all.size()).hasNext());
  }

  @Test
  void theFirstBufferMixesManyShards() {
    List<List<Integer>> all = numbers(schedule(corpus(), 7).epoch(0, 0));
    Set<Integer> shards =
        all.stream()
            .flatMap(List::stream)
            .limit(BUFFER)
            .map(pair -> pair / (SIZE / SHARDS))
            .collect(Collectors.toSet());
    assertTrue(shards.size() >= 16, shards.toString());
  }

  @Test
  void corporaAreMixedByTheirWeights() {
    EncodedCorpus corpus = corpus();
    List<Double> weights = new ArrayList<>(Collections.nCopies(SHARDS, 1.0));
    weights.set(0, 0.0);
    weights.set(1, 2.5);
    StreamedSchedule schedule = new StreamedSchedule(corpus, weights, BUDGET, 7, BUFFER);
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    numbers(schedule.epoch(0, 0)).stream()
        .flatMap(List::stream)
        .forEach(pair -> counts.merge(pair, 1, Integer::sum));
    assertEquals(100, counts.firstKey());
    long thrice = IntStream.range(100, 200).filter(pair -> counts.get(pair) == 3).count();
    assertTrue(thrice > 30 && thrice < 70, thrice + " of 100");
    assertTrue(IntStream.range(100, 200).allMatch(pair -> counts.get(pair) >= 2));
    assertTrue(IntStream.range(200, SIZE).allMatch(pair -> counts.get(pair) == 1));
  }

  @Test
  void memoryDoesNotGrowWithTheCorpus() {
    int size = 400_000;
    Iterator<Example> pairs =
        Stream.generate(() -> new Example(new int[20], new int[20])).limit(size).iterator();
    EncodedCorpus corpus = EncodedCorpus.write(folder.resolve("large"), pairs, 100);
    StreamedSchedule schedule = new StreamedSchedule(corpus, List.of(), BUDGET, 7, 1000);
    long before = usedMemory();
    Iterator<BatchSource.Scheduled> epoch = schedule.epoch(0, 0);
    long count = 0;
    while (count < size / 2) {
      count += epoch.next().pairs().size();
    }
    long grown = usedMemory() - before;
    assertTrue(grown < 8 << 20, grown + " bytes");
    while (epoch.hasNext()) {
      count += epoch.next().pairs().size();
    }
    assertEquals(size, count);
  }

  private static long usedMemory() {
    System.gc();
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void moreThanTwoToTheThirtyOnePairsAreStreamed() throws IOException {
    int pairs = 1 << 20;
    Iterator<Example> same =
        Stream.generate(() -> new Example(new int[] {5}, new int[] {6})).limit(pairs).iterator();
    Path path = folder.resolve("huge");
    EncodedCorpus.write(path, same, 100);
    String shard =
        "{\"name\": \"shard-000000\", \"corpus\": 0, \"pairs\": %d, \"ids\": %d}"
            .formatted(pairs, 2 * pairs);
    Files.writeString(
        path.resolve("manifest.json"),
        Stream.generate(() -> shard)
            .limit(2100)
            .collect(
                Collectors.joining(",", "{\"corpora\": 1, \"dropped\": 0, \"shards\": [", "]}")));
    EncodedCorpus corpus = EncodedCorpus.open(path);
    assertEquals(2100L << 20, corpus.size());
    BatchSource source = BatchSource.of(corpus, List.of(), BUDGET, 7, 0);
    assertInstanceOf(StreamedSchedule.class, source);
    BatchSource small = BatchSource.of(corpus, List.of(), BUDGET, 7, 10_000);
    Iterator<BatchSource.Scheduled> epoch = small.epoch(0, 1000);
    BatchSource.Scheduled batch = epoch.next();
    assertEquals(BUDGET / 2, batch.pairs().size());
    assertArrayEquals(new int[] {6}, batch.pairs().get(0).target());
    assertEquals(1000.0 * BUDGET / 2 / corpus.size(), batch.epochDone(), 1e-6);
  }

  /** A training that is resumed by a later version sees the same batches. */
  @Test
  void theOrderOfAnEpochIsThatOfEarlierVersions() {
    StreamedSchedule schedule =
        new StreamedSchedule(corpus(), Collections.nCopies(SHARDS, 0.1), 100, 7, 50);
    assertEquals(
        List.of(
            List.of(
                2812, 2418, 206, 2319, 2017, 514, 622, 1120, 15, 2712, 1324, 2129, 405, 1309, 412),
            List.of(519, 2001, 408, 2708, 530, 2015),
            List.of(608, 2700, 611, 1122, 1306),
            List.of(607, 504)),
        numbers(schedule.epoch(5, 0)).subList(0, 4));
  }

  @Test
  void anEpochSaysHowFarItIsAndEnds() {
    Iterator<BatchSource.Scheduled> epoch = schedule(corpus(), 7).epoch(0, 0);
    int before = 0;
    while (epoch.hasNext()) {
      BatchSource.Scheduled next = epoch.next();
      assertEquals((double) before / SIZE, next.epochDone());
      before += next.pairs().size();
    }
    assertEquals(
        "the epoch has ended",
        assertThrows(NoSuchElementException.class, epoch::next).getMessage());
  }
}
