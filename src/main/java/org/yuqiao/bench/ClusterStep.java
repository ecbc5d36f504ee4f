package org.yuqiao.bench;

import java.util.stream.IntStream;

/**
 * A model of the time of a data-parallel training step: compute, then the all-reduce of the
 * gradient on a ring (Patarasu and Yuan 2009), not overlapped.
 *
 * @param computeSeconds a machine computes for one batch
 * @param accumulation batches between two exchanges
 * @param gradientBytes of the whole model
 * @param network between neighbors on the ring
 */
public record ClusterStep(
    double computeSeconds, int accumulation, double gradientBytes, Network network) {
  /** The efficiency below which a further machine is not worth its cost. */
  public static final double MIN_EFFICIENCY = 0.5;

  /**
   * A link, full duplex.
   *
   * @param bitsPerSecond in each direction
   * @param latencySeconds of one message
   */
  public record Network(double bitsPerSecond, double latencySeconds) {}

  /**
   * The seconds of one exchange among {@code machines}: each sends 2 (n - 1) / n times the gradient
   * in 2 (n - 1) messages.
   */
  public double exchangeSeconds(int machines) {
    double messages = 2.0 * (machines - 1);
    double bytes = messages / machines * gradientBytes;
    return 8 * bytes / network.bitsPerSecond() + messages * network.latencySeconds();
  }

  /** The seconds of a step in which each machine computes whole batches of its own. */
  public double seconds(int machines) {
    return accumulation * computeSeconds + exchangeSeconds(machines);
  }

  /** The fraction of a step in which machines compute. */
  public double efficiency(int machines) {
    return accumulation * computeSeconds / seconds(machines);
  }

  /** The number of machines up to {@code limit} that still have {@link #MIN_EFFICIENCY}. */
  public int paysUpTo(int limit) {
    // Efficiency falls with every machine.
    return (int)
        IntStream.rangeClosed(1, limit).takeWhile(n -> efficiency(n) >= MIN_EFFICIENCY).count();
  }

  /** The speed-up over one machine when machines share the batches of one. */
  public double sharedSpeedUp(int machines) {
    double compute = accumulation * computeSeconds;
    return compute / (compute / machines + exchangeSeconds(machines));
  }

  /** The fastest number of machines up to {@code limit} that share the batches of one. */
  public int fastest(int limit) {
    int fastest = 1;
    for (int n = 2; n <= limit; n++) {
      if (sharedSpeedUp(n) > sharedSpeedUp(fastest)) {
        fastest = n;
      }
    }
    return fastest;
  }
}
