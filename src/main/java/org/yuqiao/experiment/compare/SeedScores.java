package org.yuqiao.experiment.compare;

import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.math3.stat.inference.TTest;

/** What the scores of the same settings with several seeds say of the settings. */
final class SeedScores {
  private static final double UPPER_TAIL = 0.975;

  private SeedScores() {}

  static double mean(List<Double> scores) {
    return summary(scores).getMean();
  }

  /**
   * Half the 95 % confidence interval of the mean: t(n - 1) * s / sqrt(n) (Student 1908); empty for
   * a single seed.
   */
  static OptionalDouble halfWidth(List<Double> scores) {
    int n = scores.size();
    if (n < 2) {
      return OptionalDouble.empty();
    }
    double t = new TDistribution(n - 1).inverseCumulativeProbability(UPPER_TAIL);
    return OptionalDouble.of(t * summary(scores).getStandardDeviation() / Math.sqrt(n));
  }

  /**
   * How probable means so far apart would be if the settings made no difference: Welch's t-test,
   * two-sided (Welch 1947); empty unless both have several seeds.
   */
  static OptionalDouble pValue(List<Double> first, List<Double> second) {
    if (first.size() < 2 || second.size() < 2) {
      return OptionalDouble.empty();
    }
    SummaryStatistics a = summary(first);
    SummaryStatistics b = summary(second);
    if (a.getVariance() == 0 && b.getVariance() == 0) {
      return OptionalDouble.of(a.getMean() == b.getMean() ? 1 : 0);
    }
    return OptionalDouble.of(new TTest().tTest(a, b));
  }

  private static SummaryStatistics summary(List<Double> scores) {
    SummaryStatistics summary = new SummaryStatistics();
    scores.forEach(summary::addValue);
    return summary;
  }
}
