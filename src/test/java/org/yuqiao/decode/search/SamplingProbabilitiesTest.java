package org.yuqiao.decode.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SamplingProbabilitiesTest {
  private static final float[] SCORES = {
    (float) Math.log(0.5), (float) Math.log(0.3), (float) Math.log(0.15), (float) Math.log(0.05)
  };

  @Test
  void temperatureIsAnExponent() {
    assertArrayEquals(
        new double[] {0.5, 0.3, 0.15, 0.05}, new Sampling(1, 0, 1, 0).probabilities(SCORES), 1e-6);
    // 0.25, 0.09, 0.0225 and 0.0025, which add up to 0.365.
    assertArrayEquals(
        new double[] {0.25 / 0.365, 0.09 / 0.365, 0.0225 / 0.365, 0.0025 / 0.365},
        new Sampling(0.5, 0, 1, 0).probabilities(SCORES),
        1e-6);
  }

  @Test
  void tokensCutOffHaveProbabilityZero() {
    assertArrayEquals(
        new double[] {0.625, 0.375, 0, 0}, new Sampling(1, 2, 1, 0).probabilities(SCORES), 1e-6);
    assertArrayEquals(
        new double[] {0.625, 0.375, 0, 0}, new Sampling(1, 0, 0.7, 0).probabilities(SCORES), 1e-6);
  }

  @Test
  void drawsFollowTheProbabilities() {
    Sampling sampling = new Sampling(1.5, 3, 0.95, 0);
    double[] expected = sampling.probabilities(SCORES);
    SplittableRandom random = new SplittableRandom(1);
    double[] share = new double[SCORES.length];
    int draws = 20_000;
    for (int i = 0; i < draws; i++) {
      share[sampling.draw(SCORES.clone(), random)] += 1.0 / draws;
    }
    for (int token = 0; token < share.length; token++) {
      assertEquals(expected[token], share[token], 0.02, "token " + token);
    }
  }
}
