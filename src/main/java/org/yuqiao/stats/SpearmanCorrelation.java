package org.yuqiao.stats;

import org.hipparchus.stat.correlation.SpearmansCorrelation;

/** Spearman's rank correlation; tied values share the mean of their ranks. */
public final class SpearmanCorrelation {
  private SpearmanCorrelation() {}

  /**
   * The correlation of {@code x} and {@code y}, from -1 to 1.
   *
   * @return NaN if one side is constant or has fewer than two values
   */
  public static double of(double[] x, double[] y) {
    return x.length < 2 ? Double.NaN : new SpearmansCorrelation().correlation(x, y);
  }
}
