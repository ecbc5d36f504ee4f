package org.yuqiao.cli.translate;

import java.util.Optional;
import java.util.stream.Stream;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.files.InvalidInputException;
import picocli.CommandLine.Option;

/** How translations are searched for; what is not given is as the run's settings say. */
final class DecodingOptions {
  @Option(
      names = "--beam",
      paramLabel = "N",
      description = "Hypotheses kept; 1 is greedy. Otherwise as the run's settings say.")
  private Optional<Integer> beam = Optional.empty();

  @Option(
      names = "--length-penalty",
      paramLabel = "ALPHA",
      description = "GNMT's length penalty: 0 favors short translations.")
  private Optional<Double> lengthPenalty = Optional.empty();

  @Option(
      names = "--coverage-penalty",
      paramLabel = "BETA",
      description = "GNMT's coverage penalty: above 0 favors translations of the whole source.")
  private Optional<Double> coveragePenalty = Optional.empty();

  @Option(
      names = "--min-ratio",
      paramLabel = "R",
      description = "The fewest target tokens for each source token.")
  private Optional<Double> minimumRatio = Optional.empty();

  @Option(
      names = "--max-ratio",
      paramLabel = "R",
      description = "The most target tokens for each source token (ten more always are allowed).")
  private Optional<Double> maximumRatio = Optional.empty();

  @Option(
      names = "--no-repeat-ngram",
      paramLabel = "N",
      description = "No sequence of N tokens comes twice; 0: any may.")
  private Optional<Integer> noRepeatNgram = Optional.empty();

  @Option(
      names = "--repetition-penalty",
      paramLabel = "FACTOR",
      description = "Multiplies the log-probability of tokens written before; 1 leaves it.")
  private Optional<Double> repetitionPenalty = Optional.empty();

  @Option(
      names = "--replace-unknowns",
      description =
          "Lets translations hold characters that are not in the vocabulary (subwords.fallback"
              + " character): <unk> becomes the source token it looked at most.")
  private boolean replaceUnknowns;

  /**
   * The settings in force.
   *
   * @param leastBeam what the beam is at least, when it is not given
   */
  DecodingSettings settings(DecodingSettings ofRun, int leastBeam) {
    return new DecodingSettings(
        beam.orElse(Math.max(leastBeam, ofRun.beamSize())),
        lengthPenalty.orElse(ofRun.lengthPenalty()),
        coveragePenalty.orElse(ofRun.coveragePenalty()),
        minimumRatio.orElse(ofRun.minLengthRatio()),
        maximumRatio.orElse(ofRun.maxLengthRatio()),
        noRepeatNgram.orElse(ofRun.noRepeatNgramSize()),
        repetitionPenalty.orElse(ofRun.repetitionPenalty()),
        replaceUnknowns || ofRun.replaceUnknowns());
  }

  /**
   * For a model that searches for nothing.
   *
   * @throws InvalidInputException when any is given
   */
  void refuseAny(String kind) {
    boolean given =
        Stream.of(
                beam,
                lengthPenalty,
                coveragePenalty,
                minimumRatio,
                maximumRatio,
                noRepeatNgram,
                repetitionPenalty)
            .anyMatch(Optional::isPresent);
    if (given) {
      throw new InvalidInputException(
          "--beam and its like are for models that translate, not for " + kind);
    }
  }
}
