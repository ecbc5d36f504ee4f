package org.yuqiao.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.tensor.Threads;

class QuantizedSumTest {
  /** Two whole blocks and a part of one. */
  private static final int SIZE = 2 * QuantizedSum.BLOCK + 77;

  private final ExecutorService replicas = Executors.newCachedThreadPool();

  @AfterEach
  void shutDown() {
    replicas.shutdownNow();
  }

  private static float[] random(long seed, double scale) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = (float) ((random.nextDouble() - 0.5) * 2 * scale);
    }
    return values;
  }

  /** The sums that the replicas of {@code gradients} receive. */
  private List<float[]> sums(List<float[]> gradients) {
    List<GradientExchange> exchanges = SharedMemoryExchange.of(gradients.size());
    List<CompletableFuture<float[]>> sums = new ArrayList<>();
    for (int i = 0; i < gradients.size(); i++) {
      int rank = i;
      sums.add(
          CompletableFuture.supplyAsync(
              () -> {
                INDArray values = Nd4j.createFromArray(gradients.get(rank).clone());
                try (Threads threads = new Threads(2)) {
                  new QuantizedSum(exchanges.get(rank), SIZE, threads, 2).of(values);
                }
                return values.data().asFloat();
              },
              replicas));
    }
    return sums.stream().map(CompletableFuture::join).toList();
  }

  @Test
  void errorsAreAtMostHalfAStepOfTheBlockForEachReplica() {
    float[] first = random(1, 1);
    float[] second = random(2, 1);
    Arrays.fill(first, 0, QuantizedSum.BLOCK, 0);
    Arrays.fill(second, 0, QuantizedSum.BLOCK, 0);
    // The last block is of another magnitude, to which its scale adapts.
    for (int i = 2 * QuantizedSum.BLOCK; i < SIZE; i++) {
      first[i] *= 1e-9f;
      second[i] *= 1e-9f;
    }
    List<float[]> sums = sums(List.of(first, second));
    for (int i = 0; i < SIZE; i++) {
      double max = i < 2 * QuantizedSum.BLOCK ? 1 : 1e-9;
      double allowed = i < QuantizedSum.BLOCK ? 0 : 1.001 * max / 16_383;
      assertEquals((double) first[i] + second[i], sums.get(0)[i], allowed);
    }
  }

  @Test
  void theSumIsTheSameBitsInAnyOrderOfReplicas() {
    List<float[]> gradients = List.of(random(1, 1), random(2, 5), random(3, 1e-3), random(4, 2));
    float[] expected = sums(gradients).get(0);
    for (float[] sum : sums(gradients)) {
      assertArrayEquals(expected, sum);
    }
    List<float[]> other =
        List.of(gradients.get(3), gradients.get(1), gradients.get(0), gradients.get(2));
    assertArrayEquals(expected, sums(other).get(2));
  }

  @Test
  void aBlockWithAnElementThatIsNotFiniteIsNaNInAllReplicas() {
    float[] first = random(1, 1);
    float[] second = random(2, 1);
    first[3] = Float.NaN;
    second[QuantizedSum.BLOCK + 5] = Float.NEGATIVE_INFINITY;
    for (float[] sum : sums(List.of(first, second))) {
      assertEquals(Float.NaN, sum[0]);
      assertEquals(Float.NaN, sum[3]);
      assertEquals(Float.NaN, sum[QuantizedSum.BLOCK]);
      assertEquals((double) first[SIZE - 1] + second[SIZE - 1], sum[SIZE - 1], 1.0 / 16_383);
    }
  }
}
