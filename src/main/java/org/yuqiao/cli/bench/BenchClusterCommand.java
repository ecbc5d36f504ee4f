package org.yuqiao.cli.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yuqiao.bench.ClusterStep;
import org.yuqiao.bench.WorkloadSize;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.train.ExchangePrecision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code yuqiao bench cluster}: predicted efficiency of data-parallel training. */
@Command(
    name = "cluster",
    description = {
      "Predicts the efficiency of training on 1 to 64 machines: a step computes, then sums the"
          + " gradient on a ring. Nothing is measured.",
      "pays to: machines with an efficiency of at least 0.5 when each computes batches of its own."
          + " shared: the fastest number of machines that share the batch of one, and its speed-up.",
      "Sizes and batches are those of bench train."
    },
    mixinStandardHelpOptions = true)
final class BenchClusterCommand implements Callable<Integer> {
  private static final List<Integer> MACHINES = List.of(1, 2, 4, 8, 16, 32, 64);
  private static final int MAX_MACHINES = 64;
  private static final double FLOAT32_BYTES = 4;
  private static final double INT16_BYTES = 2;

  @Option(
      names = "--size",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "small,medium,base,big",
      description = "Sizes of the model (default: ${DEFAULT-VALUE}).")
  private List<String> sizes;

  @Option(
      names = "--gbits",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,10,25",
      description = "Bandwidths of the network in Gbit/s (default: ${DEFAULT-VALUE}).")
  private List<Double> gigabits;

  @Option(
      names = "--latency",
      paramLabel = "MICROSECONDS",
      defaultValue = "100",
      description = "Latency of a message (default: ${DEFAULT-VALUE}).")
  private double latency;

  @Option(
      names = "--gflops",
      paramLabel = "N",
      defaultValue = "150",
      description =
          "Billions of operations per second of one machine in training"
              + " (default: ${DEFAULT-VALUE}, two cores with AVX-512).")
  private double gigaflops;

  @Option(
      names = "--compute-ms",
      paramLabel = "MS",
      description =
          "Milliseconds of one batch on one machine, as bench train prints them; in place of"
              + " --gflops, with one --size.")
  private Optional<Double> computeMs = Optional.empty();

  @Option(
      names = "--gradient-accumulation",
      paramLabel = "N",
      defaultValue = "1",
      description = "Batches between two exchanges (default: ${DEFAULT-VALUE}).")
  private int accumulation;

  @Option(
      names = "--exchange-precision",
      paramLabel = "float32|int16",
      description = "Number type of the gradients on the network (default: float32).")
  private ExchangePrecision precision = ExchangePrecision.FLOAT32;

  @Override
  public Integer call() {
    UsageException.refuseIf(
        gigabits.stream().anyMatch(g -> !(g > 0)) || !(gigaflops > 0) || !(latency >= 0),
        "--gbits and --gflops must be above 0, --latency not below 0");
    UsageException.refuseIf(
        computeMs.isPresent() && !(computeMs.get() > 0), "--compute-ms must be above 0");
    UsageException.refuseIf(
        computeMs.isPresent() && sizes.size() > 1, "--compute-ms needs one --size");
    UsageException.refuseIf(accumulation < 1, "--gradient-accumulation must be at least 1");
    StringBuilder text = new StringBuilder("size    Gbit/s  compute  ");
    MACHINES.forEach(n -> text.append(String.format(Locale.ROOT, "%6d", n)));
    text.append("  pays to  shared\n");
    for (String size : sizes) {
      for (double bandwidth : gigabits) {
        text.append(row(size, bandwidth)).append('\n');
      }
    }
    System.out.print(text);
    return 0;
  }

  private String row(String name, double bandwidth) {
    WorkloadSize size = WorkloadSize.of(name);
    ClusterStep step =
        new ClusterStep(
            computeMs.map(ms -> ms / 1e3).orElse(size.operations() / (1e9 * gigaflops)),
            accumulation,
            size.parameters()
                * (precision == ExchangePrecision.INT16 ? INT16_BYTES : FLOAT32_BYTES),
            new ClusterStep.Network(1e9 * bandwidth, latency / 1e6));
    StringBuilder row = new StringBuilder();
    row.append(
        String.format(
            Locale.ROOT, "%-7s %6s %6.2f s  ", name, number(bandwidth), step.computeSeconds()));
    MACHINES.forEach(n -> row.append(String.format(Locale.ROOT, "%6.2f", step.efficiency(n))));
    int pays = step.paysUpTo(MAX_MACHINES);
    int fastest = step.fastest(MAX_MACHINES);
    row.append(String.format(Locale.ROOT, "%9s", pays + (pays == MAX_MACHINES ? "+" : "")));
    row.append(String.format(Locale.ROOT, "  %d (%.1fx)", fastest, step.sharedSpeedUp(fastest)));
    return row.toString();
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }
}
