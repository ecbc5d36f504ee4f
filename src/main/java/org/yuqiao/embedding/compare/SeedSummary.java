package org.yuqiao.embedding.compare;

import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A figure over several seeds.
 *
 * @param deviation the standard deviation of a single value; NaN with one seed
 */
public record SeedSummary(double mean, double deviation, int seeds) {
  private static final double UPPER_TAIL = 0.975;

  /** The statistics of {@code values}, one a seed. */
  public static SeedSummary of(List<Double> values) {
    double mean = values.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    int n = values.size();
    return new SeedSummary(mean, n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1)), n);
  }

  /** What a comparison says. */
  public enum Verdict {
    /** The first is greater by more than seeds explain. */
    GREATER,
    /** The first is less by more than seeds explain. */
    LESS,
    /** The difference may come from the seeds. */
    NOISE,
    /** One seed tells nothing about noise. */
    UNKNOWN
  }

  /**
   * Whether the means differ by more than the seeds do: by Welch's t above the bound of 5 %, with
   * the degrees of freedom of the smaller sample.
   */
  public Verdict against(SeedSummary other) {
    if (seeds < 2 || other.seeds < 2) {
      return Verdict.UNKNOWN;
    }
    double error =
        Math.sqrt(deviation * deviation / seeds + other.deviation * other.deviation / other.seeds);
    double difference = mean - other.mean;
    if (Math.abs(difference) <= bound(Math.min(seeds, other.seeds) - 1) * error) {
      return Verdict.NOISE;
    }
    return difference > 0 ? Verdict.GREATER : Verdict.LESS;
  }

  /** The two-sided 5 % point of Student's t. */
  private static double bound(int degrees) {
    return new TDistribution(degrees).inverseCumulativeProbability(UPPER_TAIL);
  }

  /** Mean and deviation with {@code digits} digits, times {@code scale}. */
  public String text(double scale, int digits) {
    String form = "%,." + digits + "f";
    String text = String.format(Locale.ROOT, form, mean * scale);
    return seeds < 2 ? text : text + String.format(Locale.ROOT, " ± " + form, deviation * scale);
  }
}
