package org.yuqiao.stats;

import org.hipparchus.stat.correlation.SpearmansCorrelation;

/** Spearman's rank correlation; tied values share the mean of their ranks. */
public final class SpearmanCorrelation {
  private SpearmanCorrelation() {}

  /**
   * The correlation of {@code x} and {@code y}, from -1 to 1; NaN when all values of one side are
   * equal, or there are fewer than two.
   */
  public static double of(double[] x, double[] y) {
    return x.length < 2 ? Double.NaN : new SpearmansCorrelation().correlation(x, y);
  }
}
