package org.yuqiao.backend.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopKTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 16, 17, 100, 1000})
  void findsWhatSortingFindsAndOfEqualsTheFirst(int length) {
    SplittableRandom random = new SplittableRandom(length);
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = random.nextInt(20) == 0 ? Float.NEGATIVE_INFINITY : random.nextInt(50);
    }
    List<Integer> sorted =
        IntStream.range(0, length)
            .filter(i -> numbers[i] > Float.NEGATIVE_INFINITY)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -numbers[i]).thenComparing(i -> i))
            .toList();
    for (int k : new int[] {1, 3, SimdMath.LANES, 40}) {
      TopK top = new TopK(k);
      top.find(numbers, length);
      assertEquals(Math.min(k, sorted.size()), top.count());
      for (int rank = 0; rank < top.count(); rank++) {
        assertEquals(sorted.get(rank), top.index(rank));
        assertEquals(numbers[sorted.get(rank)], top.value(rank));
      }
    }
  }

  @Test
  void theMeanOfProbabilitiesIsTakenOverWholeVectorsAndTheirRest() {
    int length = 2 * SimdMath.LANES + 3;
    SplittableRandom random = new SplittableRandom(1);
    float[][] logarithms = new float[3][length];
    for (float[] row : logarithms) {
      for (int i = 0; i < length; i++) {
        row[i] = (float) (-100 * random.nextDouble());
      }
    }
    float[] result = new float[length];
    MeanProbability.of(logarithms, result);
    for (int i = 0; i < length; i++) {
      double mean = 0;
      for (float[] row : logarithms) {
        mean += Math.exp(row[i]) / 3;
      }
      assertEquals(Math.log(mean), result[i], 1e-4);
    }
  }
}
