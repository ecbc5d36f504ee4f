package org.yuqiao.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Paired bootstrap resampling (Koehn 2004): test sets are drawn with replacement from the
 * sentences, the same ones for both systems, and both are scored on each.
 */
public final class PairedBootstrap {
  private final Metric metric;
  private final int samples;
  private final long seed;

  /** A test with {@code samples} drawn test sets. */
  public PairedBootstrap(Metric metric, int samples, long seed) {
    this.metric = metric;
    this.samples = samples;
    this.seed = seed;
  }

  /**
   * What came out.
   *
   * @param first the first system's score on the whole test set
   * @param second the second system's
   * @param firstInterval half of the first system's 95 % interval
   * @param secondInterval half of the second's
   * @param pValue how often a difference this great would come by chance if the systems were
   *     equally good
   */
  public record Result(
      double first, double second, double firstInterval, double secondInterval, double pValue) {}

  /** Compares two systems by the counts of their sentences. */
  public Result compare(List<double[]> first, List<double[]> second) {
    double[] a = new double[samples];
    double[] b = new double[samples];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < samples; i++) {
      int[] drawn = random.ints(first.size(), 0, first.size()).toArray();
      a[i] = metric.score(sum(first, drawn));
      b[i] = metric.score(sum(second, drawn));
    }
    double realA = metric.score(Metric.sum(first));
    double realB = metric.score(Metric.sum(second));
    return new Result(realA, realB, halfInterval(a), halfInterval(b), pValue(a, b, realA - realB));
  }

  private static double[] sum(List<double[]> counts, int[] drawn) {
    return Metric.sum(Arrays.stream(drawn).mapToObj(counts::get).toList());
  }

  /** Half the distance from the 2.5th to the 97.5th percentile. */
  private static double halfInterval(double[] scores) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    int low = (int) (0.025 * sorted.length);
    int high = Math.min(sorted.length - 1, (int) (0.975 * sorted.length));
    return (sorted[high] - sorted[low]) / 2;
  }

  /**
   * Differences, shifted to mean 0, at least as great as the real one (Riezler and Maxwell 2005).
   */
  private static double pValue(double[] a, double[] b, double real) {
    double mean = 0;
    for (int i = 0; i < a.length; i++) {
      mean += (a[i] - b[i]) / a.length;
    }
    int asGreat = 0;
    for (int i = 0; i < a.length; i++) {
      if (Math.abs(a[i] - b[i] - mean) >= Math.abs(real)) {
        asGreat++;
      }
    }
    return (asGreat + 1.0) / (a.length + 1.0);
  }
}
