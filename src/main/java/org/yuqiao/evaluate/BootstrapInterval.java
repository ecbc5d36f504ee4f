package org.yuqiao.evaluate;

import java.util.Arrays;

/**
 * The mean and 95 % confidence interval of a score over resampled test sets.
 *
 * @param mean the mean score
 * @param low the 2.5th percentile
 * @param high the 97.5th percentile
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
