package org.yuqiao.stats;

import java.util.Collection;
import java.util.OptionalDouble;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * The variance that seeds cause, estimated from all systems of a comparison together, as in an
 * analysis of variance and in Dunnett's comparisons with a control (Dunnett 1955).
 *
 * <p>Two or three seeds of two systems say too little about their variance to tell any difference
 * from chance; ten systems with three seeds each give twenty degrees of freedom. The price is the
 * assumption that seeds matter equally to all systems.
 */
public final class PooledVariance {
  private static final double UPPER_TAIL = 0.975;

  private final double variance;
  private final long degreesOfFreedom;

  private PooledVariance(double variance, long degreesOfFreedom) {
    this.variance = variance;
    this.degreesOfFreedom = degreesOfFreedom;
  }

  /** The variance within {@code systems}; those with one seed say nothing of it. */
  public static PooledVariance of(Collection<SeedStatistics> systems) {
    long degreesOfFreedom = systems.stream().mapToLong(system -> system.seeds() - 1).sum();
    double squares =
        systems.stream()
            .filter(system -> system.seeds() > 1)
            .mapToDouble(system -> (system.seeds() - 1) * system.variance())
            .sum();
    return new PooledVariance(squares / degreesOfFreedom, degreesOfFreedom);
  }

  /** Half the 95 % confidence interval of a mean, t s / sqrt(n); empty for one seed. */
  public OptionalDouble halfWidth(SeedStatistics system) {
    if (system.seeds() < 2) {
      return OptionalDouble.empty();
    }
    double t = new TDistribution(degreesOfFreedom).inverseCumulativeProbability(UPPER_TAIL);
    return OptionalDouble.of(t * Math.sqrt(variance / system.seeds()));
  }

  /**
   * The two-sided p-value of Student's t-test of two means with this variance; empty unless both
   * have several seeds.
   */
  public OptionalDouble pValue(SeedStatistics first, SeedStatistics second) {
    if (first.seeds() < 2 || second.seeds() < 2) {
      return OptionalDouble.empty();
    }
    double difference = Math.abs(first.mean() - second.mean());
    if (variance == 0) {
      return OptionalDouble.of(difference == 0 ? 1 : 0);
    }
    double error = Math.sqrt(variance * (1.0 / first.seeds() + 1.0 / second.seeds()));
    double tail = new TDistribution(degreesOfFreedom).cumulativeProbability(-difference / error);
    return OptionalDouble.of(2 * tail);
  }
}
