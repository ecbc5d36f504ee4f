package org.yuqiao.corpus.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.yuqiao.ScratchFolder;
import org.yuqiao.SeededProperty;
import org.yuqiao.corpus.pair.Example;

class BatchSchedulePropertiesTest {
  @Provide
  Arbitrary<List<Example>> pairs() {
    Arbitrary<int[]> sides =
        Arbitraries.integers().between(1, 30).map(n -> IntStream.range(4, 4 + n).toArray());
    return Combinators.combine(sides, sides).as(Example::new).list().ofMinSize(1).ofMaxSize(60);
  }

  @SeededProperty
  void anEpochHasEachPairOnceInBatchesWithinTheBudget(
      @ForAll("pairs") List<Example> pairs,
      @ForAll @IntRange(min = 1, max = 200) int budget,
      @ForAll long seed,
      @ForAll @IntRange(max = 100) int epoch) {
    try (ScratchFolder folder = ScratchFolder.create()) {
      EncodedCorpus corpus = EncodedCorpus.write(folder.resolve("ids"), pairs.iterator(), 100);
      IndexedCorpus index = new IndexedCorpus(corpus);
      List<int[]> batches = new BatchSchedule(corpus, budget, seed).epoch(epoch);
      assertArrayEquals(IntStream.range(0, pairs.size()).toArray(), sorted(batches));
      for (int[] batch : batches) {
        int longest =
            1
                + Arrays.stream(batch)
                    .map(i -> Math.max(index.sourceLength(i), index.targetLength(i)))
                    .max()
                    .orElseThrow();
        assertTrue(batch.length == 1 || longest * batch.length <= budget);
      }
      List<int[]> again = new BatchSchedule(corpus, budget, seed).epoch(epoch);
      assertEquals(batches.size(), again.size());
      for (int i = 0; i < batches.size(); i++) {
        assertArrayEquals(batches.get(i), again.get(i));
      }
    }
  }

  @SeededProperty
  void aWeightIsHowOftenEachPairComesAndItsFractionMayAddOne(
      @ForAll("pairs") List<Example> pairs,
      @ForAll("weights") List<Double> weights,
      @ForAll long seed,
      @ForAll @IntRange(max = 100) int epoch) {
    int border = pairs.size() / 2;
    try (ScratchFolder folder = ScratchFolder.create()) {
      EncodedCorpus corpus =
          EncodedCorpus.write(
              folder.resolve("ids"),
              pairs.iterator(),
              new long[] {border, pairs.size() - border},
              100);
      int[] drawn = sorted(new BatchSchedule(corpus, weights, 100, seed).epoch(epoch));
      for (int pair = 0; pair < pairs.size(); pair++) {
        int number = pair;
        double weight = weights.get(pair < border ? 0 : 1);
        long times = Arrays.stream(drawn).filter(i -> i == number).count();
        assertTrue(times >= Math.floor(weight) && times <= Math.ceil(weight), times + " " + weight);
      }
    }
  }

  @Provide
  Arbitrary<List<Double>> weights() {
    return Arbitraries.of(0.0, 0.3, 1.0, 2.0, 2.5).list().ofSize(2);
  }

  private static int[] sorted(List<int[]> batches) {
    return batches.stream().flatMapToInt(Arrays::stream).sorted().toArray();
  }
}
