package org.yuqiao.cli.translate;

import java.util.Optional;
import org.yuqiao.cli.console.OptionValues;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.decode.search.Sampling;
import picocli.CommandLine.Option;

/** Options that sample translations instead of searching for the best. */
final class SamplingOptions {
  @Option(
      names = "--sample",
      description = "Samples translations instead of searching for the most probable.")
  private boolean sample;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "With --sample: softmax temperature, above 0 (default: 1).")
  private Optional<Double> temperature = Optional.empty();

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "With --sample: only the K most probable tokens; 0: all (default).")
  private Optional<Integer> topK = Optional.empty();

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "With --sample: the smallest set of tokens with probability P (default: 1).")
  private Optional<Double> topP = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "With --sample: seed of the random numbers (default: 1).")
  private Optional<Long> seed = Optional.empty();

  /** The sampling, or empty without --sample. */
  Optional<Sampling> sampling() {
    if (!sample) {
      UsageException.refuseIf(
          temperature.isPresent() || topK.isPresent() || topP.isPresent() || seed.isPresent(),
          "--temperature, --top-k, --top-p and --seed go with --sample");
      return Optional.empty();
    }
    return Optional.of(
        of(temperature.orElse(1.0), topK.orElse(0), topP.orElse(1.0), seed.orElse(1L)));
  }

  /**
   * A sampling by options of these names.
   *
   * @throws UsageException when a value is out of range
   */
  static Sampling of(double temperature, int topK, double topP, long seed) {
    return OptionValues.of(
        () -> new Sampling(temperature, topK, topP, seed), sentence -> "--" + sentence);
  }
}
