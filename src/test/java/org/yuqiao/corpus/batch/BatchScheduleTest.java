package org.yuqiao.corpus.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.corpus.pair.Example;

class BatchScheduleTest {
  @TempDir private Path folder;

  private EncodedCorpus corpus(int size, int limit) {
    SplittableRandom random = new SplittableRandom(1);
    List<Example> pairs = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int length = 1 + random.nextInt(20);
      pairs.add(
          new Example(
              random.ints(length, 4, 100).toArray(),
              random.ints(Math.max(1, length + random.nextInt(5) - 2), 4, 100).toArray()));
    }
    return EncodedCorpus.write(folder.resolve("ids"), pairs.iterator(), limit);
  }

  @Test
  void everyPairComesOnceInAnEpochAndBatchesKeepToTheBudgetWithLittlePadding() {
    EncodedCorpus corpus = corpus(3000, 100);
    BatchSchedule schedule = new BatchSchedule(corpus, 300, 7);
    TreeSet<Integer> seen = new TreeSet<>();
    long real = 0;
    long padded = 0;
    for (int[] numbers : schedule.epoch(0)) {
      Arrays.stream(numbers).forEach(i -> assertTrue(seen.add(i)));
      Batch batch = Batch.of(schedule.pairs(numbers));
      int longest = Math.max(batch.sourceLength(), batch.targetLength());
      assertTrue(batch.sentences() * longest <= 300);
      real += batch.sourceTokens() + batch.targetTokens();
      padded += (long) batch.sentences() * (batch.sourceLength() + batch.targetLength());
    }
    assertEquals(corpus.size(), seen.size());
    assertTrue(real > 0.93 * padded, real + " of " + padded);
  }

  @Test
  void corporaAreMixedByTheirWeightsAndDrawnAnewEachEpoch() {
    List<Example> pairs = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      // Every hundredth pair is too long: the borders of the corpora move.
      pairs.add(new Example(new int[i % 100 == 0 ? 9 : 3], new int[] {4, 5}));
    }
    EncodedCorpus corpus =
        EncodedCorpus.write(
            folder.resolve("ids"), pairs.iterator(), new long[] {1000, 500, 1500}, 8);
    assertArrayEquals(new int[] {990, 1485, 2970}, new IndexedCorpus(corpus).ends());
    BatchSchedule schedule = new BatchSchedule(corpus, List.of(0.25, 2.0, 0.0), 300, 7);
    int[] first = sorted(schedule.epoch(0));
    long ofFirst = Arrays.stream(first).filter(pair -> pair < 990).count();
    assertEquals(0.25 * 990, (double) ofFirst, 4 * Math.sqrt(990 * 0.25 * 0.75));
    for (int pair = 990; pair < 1485; pair++) {
      int number = pair;
      assertEquals(2, Arrays.stream(first).filter(seen -> seen == number).count());
    }
    assertEquals(ofFirst + 2 * 495, first.length);
    assertArrayEquals(first, sorted(schedule.epoch(0)));
    assertFalse(Arrays.equals(first, sorted(schedule.epoch(1))));
  }

  private static int[] sorted(List<int[]> batches) {
    return batches.stream().flatMapToInt(Arrays::stream).sorted().toArray();
  }

  @Test
  void withoutWeightsAnEpochIsWhatItIsWithWeightsOfOne() {
    EncodedCorpus corpus = corpus(500, 100);
    assertArrayEquals(
        sorted(new BatchSchedule(corpus, 100, 7).epoch(3)),
        sorted(new BatchSchedule(corpus, List.of(1.0), 100, 7).epoch(3)));
  }

  @Test
  void theOrderIsAFunctionOfSeedAndEpoch() {
    EncodedCorpus corpus = corpus(500, 100);
    List<int[]> first = new BatchSchedule(corpus, 100, 7).epoch(3);
    List<int[]> again = new BatchSchedule(corpus, 100, 7).epoch(3);
    for (int i = 0; i < first.size(); i++) {
      assertArrayEquals(first.get(i), again.get(i));
    }
    assertFalse(Arrays.equals(first.get(0), new BatchSchedule(corpus, 100, 7).epoch(4).get(0)));
    assertFalse(Arrays.equals(first.get(0), new BatchSchedule(corpus, 100, 8).epoch(3).get(0)));
  }

  @Test
  void aBatchIsPaddedMaskedAndShifted() {
    Batch batch =
        Batch.of(
            List.of(
                new Example(new int[] {5, 6}, new int[] {7}),
                new Example(new int[] {8}, new int[] {9, 10})));
    assertArrayEquals(new int[] {5, 6, 2, 8, 2, 0}, batch.source());
    assertArrayEquals(new int[] {1, 7, 0, 1, 9, 10}, batch.targetIn());
    assertArrayEquals(new int[] {7, 2, 0, 9, 10, 2}, batch.targetOut());
    assertArrayEquals(new float[] {1, 1, 1, 1, 1, 0}, batch.sourceMask());
    assertArrayEquals(new float[] {1, 1, 0, 1, 1, 1}, batch.targetMask());
    assertEquals(5, batch.sourceTokens());
    assertEquals(5, batch.targetTokens());
  }

  @Test
  void aBatchIsCutWhereItsPaddedSizeWouldExceedTheBudget() {
    int[] lengths = {3, 3, 3, 7, 1, 2, 2};
    List<int[]> batches = BatchSource.cut(new int[] {0, 1, 2, 3, 4, 5, 6}, i -> lengths[i], 6);
    assertArrayEquals(new int[][] {{0, 1}, {2}, {3}, {4, 5, 6}}, batches.toArray(int[][]::new));
    assertEquals(List.of(), BatchSource.cut(new int[0], i -> 1, 6));
  }

  @Test
  void anEpochCanBeginAtAnyBatchAndSaysHowFarItIs() {
    BatchSchedule schedule = new BatchSchedule(corpus(100, 100), 60, 7);
    List<int[]> all = schedule.epoch(2);
    Iterator<BatchSource.Scheduled> rest = schedule.epoch(2, 3);
    for (int i = 3; i < all.size(); i++) {
      BatchSource.Scheduled next = rest.next();
      assertEquals((double) i / all.size(), next.epochDone());
      assertEquals(all.get(i).length, next.pairs().size());
    }
    assertFalse(rest.hasNext());
  }

  @Test
  void aCorpusInMemoryIsStreamedOnlyOnRequest() {
    EncodedCorpus corpus = corpus(12, 100);
    assertInstanceOf(BatchSchedule.class, BatchSource.of(corpus, List.of(), 60, 7, 0));
    assertInstanceOf(StreamedSchedule.class, BatchSource.of(corpus, List.of(), 60, 7, 1));
  }
}
