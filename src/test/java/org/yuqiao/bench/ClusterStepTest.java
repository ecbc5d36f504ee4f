package org.yuqiao.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterStepTest {
  private static final double TOLERANCE = 1e-12;

  /** A gradient of 1 MB takes 8 ms at 1 Gbit/s. */
  private static ClusterStep step(double computeSeconds, int accumulation, double latency) {
    return new ClusterStep(
        computeSeconds, accumulation, 1e6, new ClusterStep.Network(1e9, latency));
  }

  @Test
  void aReplicaSendsTwiceTheGradientButForItsOwnPart() {
    assertEquals(0, step(1, 1, 0.001).exchangeSeconds(1));
    assertEquals(0.008, step(1, 1, 0).exchangeSeconds(2), TOLERANCE);
    assertEquals(0.012, step(1, 1, 0).exchangeSeconds(4), TOLERANCE);
    assertEquals(0.012 + 6 * 0.001, step(1, 1, 0.001).exchangeSeconds(4), TOLERANCE);
  }

  @Test
  void efficiencyIsTheShareOfComputing() {
    assertEquals(1, step(0.012, 1, 0).efficiency(1));
    assertEquals(0.6, step(0.012, 1, 0).efficiency(2), TOLERANCE);
    assertEquals(0.5, step(0.012, 1, 0).efficiency(4), TOLERANCE);
    assertEquals(0.024, step(0.012, 1, 0).seconds(4), TOLERANCE);
  }

  @Test
  void accumulatedBatchesShareAnExchange() {
    assertEquals(0.75, step(0.012, 3, 0).efficiency(4), TOLERANCE);
    assertEquals(0.048, step(0.012, 3, 0).seconds(4), TOLERANCE);
  }

  @ParameterizedTest
  @CsvSource({
    "0.006, 1", // at most 6 ms of exchange: two machines need 8
    "0.0100, 2", // three need 10.67 ms
    "0.0121, 4", // four need 12 ms, five 12.8
    "0.017, 64" // never more than 16 ms
  })
  void machinesPayWhileTheyComputeForHalfOfAStep(double computeSeconds, int expected) {
    assertEquals(expected, step(computeSeconds, 1, 0).paysUpTo(64));
  }

  @Test
  void machinesThatShareABatchGainUntilExchangeOutweighsIt() {
    ClusterStep step = step(0.1, 1, 0.0005);
    // 100 / (50 + 8 + 1) and 100 / (25 + 12 + 3) of milliseconds
    assertEquals(100 / 59.0, step.sharedSpeedUp(2), TOLERANCE);
    assertEquals(2.5, step.sharedSpeedUp(4), TOLERANCE);
    // 100 / n + 16 (n - 1) / n + (n - 1): its derivative is 0 where n * n = 84
    assertEquals(9, step.fastest(64));
    assertEquals(1, step(0.01, 1, 0.01).fastest(64));
  }

  @ParameterizedTest
  @CsvSource({"small, 2_413_056", "medium, 9626624", "base, 60524544", "big, 241_897_472"})
  void parametersOfSizesAreThoseOfTheModels(String size, String expected) {
    assertEquals(Double.parseDouble(expected.replace("_", "")), WorkloadSize.of(size).parameters());
  }

  @Test
  void aStepTakesSixOperationsPerTokenAndMatmulWeight() {
    // A layer of each stack: 12 x 2 x 2 of attention, 4 x 2 x 3 of feed-forward; logits 2 x 10.
    assertEquals(6 * (48 + 24 + 20) * 35, new WorkloadSize(2, 3, 1, 1, 10, 7, 5).operations());
  }
}
