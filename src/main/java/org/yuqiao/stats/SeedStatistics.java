package org.yuqiao.stats;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.hipparchus.stat.descriptive.StatisticalSummary;
import org.hipparchus.stat.descriptive.StreamingStatistics;
import org.hipparchus.stat.inference.TTest;

/**
 * Mean and spread of a score over training runs that differ only in their seed.
 *
 * <p>Two systems alone are compared by Welch's t-test (Welch 1947), several by {@link
 * PooledVariance}.
 */
public final class SeedStatistics {
  private static final double SIGNIFICANCE = 0.05;

  private final StatisticalSummary summary;

  private SeedStatistics(StatisticalSummary summary) {
    this.summary = summary;
  }

  /** The statistics of {@code values}, one per seed. */
  public static SeedStatistics of(List<Double> values) {
    StreamingStatistics summary = new StreamingStatistics();
    values.forEach(summary::addValue);
    return new SeedStatistics(summary);
  }

  /** The result of a comparison. */
  public enum Verdict {
    /** The first mean is significantly larger. */
    GREATER,
    /** The first mean is significantly smaller. */
    LESS,
    /** The difference is not significant. */
    NOISE,
    /** At least one side has a single seed. */
    UNKNOWN
  }

  /** The number of seeds. */
  long seeds() {
    return summary.getN();
  }

  /** The sample variance; of several seeds. */
  double variance() {
    return summary.getVariance();
  }

  /** The mean over seeds. */
  public double mean() {
    return summary.getMean();
  }

  /** The sample standard deviation; empty for a single seed. */
  public OptionalDouble deviation() {
    return summary.getN() < 2
        ? OptionalDouble.empty()
        : OptionalDouble.of(summary.getStandardDeviation());
  }

  /** The two-sided p-value of Welch's t-test; empty unless both have several seeds. */
  public OptionalDouble pValue(SeedStatistics other) {
    if (summary.getN() < 2 || other.summary.getN() < 2) {
      return OptionalDouble.empty();
    }
    if (summary.getVariance() == 0 && other.summary.getVariance() == 0) {
      return OptionalDouble.of(mean() == other.mean() ? 1 : 0);
    }
    return OptionalDouble.of(new TTest().tTest(summary, other.summary));
  }

  /** Whether the means differ significantly, at 5 %. */
  public Verdict against(SeedStatistics other) {
    OptionalDouble p = pValue(other);
    if (p.isEmpty()) {
      return Verdict.UNKNOWN;
    }
    if (p.getAsDouble() >= SIGNIFICANCE) {
      return Verdict.NOISE;
    }
    return mean() > other.mean() ? Verdict.GREATER : Verdict.LESS;
  }

  /** Mean and standard deviation, multiplied by {@code scale}, with {@code digits} decimals. */
  public String text(double scale, int digits) {
    String form = "%,." + digits + "f";
    String mean = String.format(Locale.ROOT, form, mean() * scale);
    return deviation().isEmpty()
        ? mean
        : mean + String.format(Locale.ROOT, " ± " + form, deviation().getAsDouble() * scale);
  }
}
