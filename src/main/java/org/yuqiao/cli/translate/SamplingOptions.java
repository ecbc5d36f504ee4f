package org.yuqiao.cli.translate;

import java.util.Optional;
import org.yuqiao.decode.search.Sampling;
import org.yuqiao.files.InvalidInputException;
import picocli.CommandLine.Option;

/** Whether and how translations are drawn at random. */
final class SamplingOptions {
  @Option(
      names = "--sample",
      description = "Draws translations at random instead of searching for the best.")
  private boolean sample;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "With --sample: below 1 bolder words are rarer, towards 0 it is greedy.")
  private Optional<Double> temperature = Optional.empty();

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "With --sample: from the K most probable tokens only.")
  private Optional<Integer> topK = Optional.empty();

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "With --sample: from the fewest tokens that together have probability P.")
  private Optional<Double> topP = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "With --sample: the same seed and line give the same translation.")
  private Optional<Long> seed = Optional.empty();

  /** How to draw, if asked to. */
  Optional<Sampling> sampling() {
    if (!sample) {
      if (temperature.isPresent() || topK.isPresent() || topP.isPresent() || seed.isPresent()) {
        throw new InvalidInputException(
            "--temperature, --top-k, --top-p and --seed go with --sample");
      }
      return Optional.empty();
    }
    return Optional.of(
        new Sampling(temperature.orElse(1.0), topK.orElse(0), topP.orElse(1.0), seed.orElse(1L)));
  }
}
