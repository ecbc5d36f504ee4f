package org.yuqiao.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.yuqiao.files.InvalidInputException;

/**
 * Paired bootstrap resampling (Koehn 2004): compares two systems on the same resampled test sets,
 * which are drawn with replacement.
 */
public final class PairedBootstrap {
  private final Metric metric;
  private final int samples;
  private final long seed;

  /**
   * A test with {@code samples} test sets, usually {@link Bootstrap#SAMPLES}.
   *
   * @throws InvalidInputException if {@code samples} is less than 1
   */
  public PairedBootstrap(Metric metric, int samples, long seed) {
    ResampledTestSets.checkSamples(samples);
    this.metric = metric;
    this.samples = samples;
    this.seed = seed;
  }

  /**
   * The scores of both systems and the significance of their difference.
   *
   * @param first the first system's score on the whole test set
   * @param second the second system's score on the whole test set
   * @param firstResampled the first system's scores on the drawn test sets
   * @param secondResampled the second system's scores on the drawn test sets
   * @param firstWins the share of drawn test sets on which the first system is better
   * @param pValue the probability of a difference at least as large between equally good systems
   */
  public record Result(
      double first,
      double second,
      BootstrapInterval firstResampled,
      BootstrapInterval secondResampled,
      double firstWins,
      double pValue) {
    /** Half the first system's 95 % interval. */
    public double firstInterval() {
      return firstResampled.halfWidth();
    }

    /** Half the second system's 95 % interval. */
    public double secondInterval() {
      return secondResampled.halfWidth();
    }
  }

  /**
   * Compares two systems by the counts of their sentences ({@link Metric#allCounts}).
   *
   * @throws InvalidInputException if there is no sentence, or not equally many
   */
  public Result compare(List<double[]> first, List<double[]> second) {
    if (first.isEmpty() || first.size() != second.size()) {
      throw new InvalidInputException(
          "cannot compare "
              + first.size()
              + " translations with "
              + second.size()
              + "; expected equally many, at least one");
    }
    return compare(first, second, new ResampledTestSets(first.size(), seed));
  }

  Result compare(List<double[]> first, List<double[]> second, Supplier<int[]> testSets) {
    double[] a = new double[samples];
    double[] b = new double[samples];
    int wins = 0;
    for (int i = 0; i < samples; i++) {
      int[] drawn = testSets.get();
      a[i] = ResampledTestSets.score(metric, first, drawn);
      b[i] = ResampledTestSets.score(metric, second, drawn);
      if (metric.higherIsBetter() ? a[i] > b[i] : a[i] < b[i]) {
        wins++;
      }
    }
    double realA = metric.score(Metric.sum(first));
    double realB = metric.score(Metric.sum(second));
    return new Result(
        realA,
        realB,
        BootstrapInterval.of(a),
        BootstrapInterval.of(b),
        (double) wins / samples,
        pValue(a, b, Math.abs(realA - realB)));
  }

  /**
   * sacreBLEU's p-value: how often the absolute difference exceeds its mean by more than the real
   * one. If no test set shows a difference, sacreBLEU returns the minimum p; this returns 1.
   */
  private static double pValue(double[] a, double[] b, double real) {
    double[] differences = new double[a.length];
    Arrays.setAll(differences, i -> Math.abs(a[i] - b[i]));
    if (Arrays.stream(differences).allMatch(difference -> difference == 0)) {
      return 1;
    }
    double mean = Arrays.stream(differences).average().orElseThrow();
    long exceeding = Arrays.stream(differences).filter(d -> d - mean > real).count();
    return (exceeding + 1.0) / (a.length + 1.0);
  }
}
