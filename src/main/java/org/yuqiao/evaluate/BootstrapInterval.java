package org.yuqiao.evaluate;

import java.util.Arrays;

/**
 * Where a score would lie with other test sentences of the same kind: the mean and the 95 %
 * interval of its values on resampled test sets.
 *
 * @param mean the mean
 * @param low a fortieth of the values lie below
 * @param high a fortieth lie above
 */
public record BootstrapInterval(double mean, double low, double high) {
  private static final int TAIL = 40;

  static BootstrapInterval of(double[] scores) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    int cut = sorted.length / TAIL;
    double mean = Arrays.stream(sorted).average().orElseThrow();
    return new BootstrapInterval(mean, sorted[cut], sorted[sorted.length - 1 - cut]);
  }

  /** Half the interval's width, which sacreBLEU prints after the mean as ±. */
  public double halfWidth() {
    return (high - low) / 2;
  }
}
