package org.yuqiao.cli.translate;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.yuqiao.cli.console.OptionValues;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.decode.search.Sampling;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.DecodingSettingsBuilder;
import org.yuqiao.files.InvalidInputException;
import picocli.CommandLine.Option;

/** Options of greedy and beam search; each defaults to the setting of the run. */
final class DecodingOptions {
  /** The option of each setting. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "decode.beamSize", "--beam",
          "decode.lengthPenalty", "--length-penalty",
          "decode.coveragePenalty", "--coverage-penalty",
          "decode.minLengthRatio", "--min-length-ratio",
          "decode.maxLengthRatio", "--max-length-ratio",
          "decode.noRepeatNgramSize", "--no-repeat-ngram",
          "decode.repetitionPenalty", "--repetition-penalty");

  @Option(
      names = "--beam",
      paramLabel = "N",
      description =
          "Beam size in hypotheses; 1: greedy search (default: decode.beamSize of the run).")
  private Optional<Integer> beam = Optional.empty();

  @Option(
      names = "--length-penalty",
      paramLabel = "ALPHA",
      description =
          "Exponent of the GNMT length penalty; 0: none, which favors short translations.")
  private Optional<Double> lengthPenalty = Optional.empty();

  @Option(
      names = "--coverage-penalty",
      paramLabel = "BETA",
      description =
          "Weight of the GNMT coverage penalty; above 0 favors translating the whole source.")
  private Optional<Double> coveragePenalty = Optional.empty();

  @Option(
      names = "--min-length-ratio",
      paramLabel = "R",
      description = "Minimum target length as a multiple of the source length, in tokens.")
  private Optional<Double> minLengthRatio = Optional.empty();

  @Option(
      names = "--max-length-ratio",
      paramLabel = "R",
      description = "Maximum target length as a multiple of the source length, in tokens, plus 10.")
  private Optional<Double> maxLengthRatio = Optional.empty();

  @Option(
      names = "--no-repeat-ngram",
      paramLabel = "N",
      description = "No sequence of N tokens is generated twice; 0: no limit.")
  private Optional<Integer> noRepeatNgram = Optional.empty();

  @Option(
      names = "--repetition-penalty",
      paramLabel = "P",
      description = "Multiplies the log-probability of tokens generated before; 1: no penalty.")
  private Optional<Double> repetitionPenalty = Optional.empty();

  @Option(
      names = "--replace-unknowns",
      description =
          "Replaces each <unk> by the source token with the most attention (for subwords.fallback:"
              + " character).")
  private boolean replaceUnknowns;

  /**
   * The settings of the run with the options given here.
   *
   * @param minBeam lower bound of the beam size when {@code --beam} is absent
   * @throws UsageException when a value is out of range
   */
  DecodingSettings settings(DecodingSettings runDefaults, int minBeam) {
    DecodingSettingsBuilder settings =
        runDefaults.toBuilder()
            .beamSize(beam.orElse(Math.max(minBeam, runDefaults.beamSize())))
            .replaceUnknowns(replaceUnknowns || runDefaults.replaceUnknowns());
    lengthPenalty.ifPresent(settings::lengthPenalty);
    coveragePenalty.ifPresent(settings::coveragePenalty);
    minLengthRatio.ifPresent(settings::minLengthRatio);
    maxLengthRatio.ifPresent(settings::maxLengthRatio);
    noRepeatNgram.ifPresent(settings::noRepeatNgramSize);
    repetitionPenalty.ifPresent(settings::repetitionPenalty);
    return OptionValues.of(settings::build, DecodingOptions::renamed);
  }

  private static String renamed(String sentence) {
    String renamed = sentence;
    for (Map.Entry<String, String> option : OPTIONS.entrySet()) {
      renamed = renamed.replace(option.getKey(), option.getValue());
    }
    return renamed;
  }

  /**
   * The strategy of the run with the options given here.
   *
   * @param count translations of each sentence, with scores; 0: the best alone, without
   */
  Strategy strategy(DecodingSettings runDefaults, SamplingOptions sampling, int count) {
    DecodingSettings settings = settings(runDefaults, count);
    Optional<Sampling> sampled = sampling.sampling();
    if (sampled.isPresent()) {
      refuseSearchOptions();
      return Strategy.sampling(settings, sampled.get(), Math.max(1, count));
    }
    UsageException.refuseIf(
        count > settings.beamSize(),
        "--nbest " + count + " needs a beam size of at least N; give --beam " + count);
    return count == 0 ? Strategy.withoutScores(settings) : Strategy.withScores(settings, count);
  }

  /**
   * Refuses every search option for a model that does not translate.
   *
   * @throws InvalidInputException if one is given
   */
  void refuseAny(String kind) {
    boolean given =
        Stream.of(
                beam,
                lengthPenalty,
                coveragePenalty,
                minLengthRatio,
                maxLengthRatio,
                noRepeatNgram,
                repetitionPenalty)
            .anyMatch(Optional::isPresent);
    InvalidInputException.require(
        !given && !replaceUnknowns,
        "--beam and the other search options need a translation model, not " + kind);
  }

  /** Refuses the options of a search, when translations are sampled. */
  void refuseSearchOptions() {
    UsageException.refuseIf(
        beam.isPresent() || coveragePenalty.isPresent(),
        "--beam and --coverage-penalty belong to a search and have no effect with --sample");
  }

  /** Refuses to replace unknown tokens, when the tokens themselves are explained. */
  void refuseUnknownReplacement() {
    UsageException.refuseIf(
        replaceUnknowns, "--replace-unknowns has no effect with --explain and --alignments");
  }
}
