package org.yuqiao.experiment.compare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.inference.TestTranslation;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.MetricsFile;
import org.yuqiao.store.ModelWeights;
import org.yuqiao.store.Provenance;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.RunResult;
import org.yuqiao.store.RunState;

/**
 * A complete run, read from its folder.
 *
 * @param path the folder
 * @param validations the metrics of each validation
 * @param translations of the test split, in corpus order
 */
record FinishedRun(
    Path path,
    ExperimentSettings settings,
    RunResult result,
    Optional<Provenance> provenance,
    List<MetricsFile.Line> validations,
    List<TestTranslation> translations) {

  /**
   * Reads a run.
   *
   * @throws InvalidInputException if the folder is not a complete translation run, or is damaged
   */
  static FinishedRun read(Path path) {
    RunFolder run = new RunFolder(path);
    ExperimentSettings settings = run.loadSettings();
    settings.requireTranslation(run.path());
    RunResult result =
        RunResult.read(run)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        path
                            + " is "
                            + RunState.of(run).label()
                            + ", not complete; resume it with: ./yuqiao train --resume "
                            + path));
    List<TestTranslation> translations = TestTranslation.read(run);
    if (translations.size() != result.testSentences()) {
      throw new InvalidInputException(
          run.translations()
              + " has "
              + translations.size()
              + " sentences, but the run was scored on "
              + result.testSentences());
    }
    List<MetricsFile.Line> validations = MetricsFile.read(run).of("validation");
    requireFinite(run, validations);
    return new FinishedRun(path, settings, result, Provenance.read(run), validations, translations);
  }

  /** Refuses a run whose training has diverged. */
  private static void requireFinite(RunFolder run, List<MetricsFile.Line> validations) {
    for (MetricsFile.Line validation : validations) {
      InvalidInputException.require(
          Double.isFinite(validation.metric("loss")),
          run.path()
              + " has diverged: its validation loss at step "
              + validation.step()
              + " is not finite");
    }
    if (Files.isRegularFile(run.model())) {
      ModelWeights.requireFinite(run);
    }
  }

  /** The lowest validation perplexity; NaN without validations. */
  double lowestPerplexity() {
    return validations.stream()
        .mapToDouble(validation -> validation.metric("perplexity"))
        .min()
        .orElse(Double.NaN);
  }

  List<String> sources() {
    return translations.stream().map(TestTranslation::source).toList();
  }

  List<String> references() {
    return translations.stream().map(TestTranslation::reference).toList();
  }

  List<String> hypotheses() {
    return translations.stream().map(TestTranslation::hypothesis).toList();
  }

  /** Whether both runs have the same direction and test sentences. */
  boolean hasTestSetOf(FinishedRun other) {
    return settings.direction().equals(other.settings.direction())
        && sources().equals(other.sources())
        && references().equals(other.references());
  }

  /** A description of the test set. */
  String testSet() {
    List<String> corpora =
        settings.data().test().isEmpty() ? settings.data().valid() : settings.data().test();
    return path
        + " "
        + settings.direction()
        + " on "
        + String.join(" and ", corpora)
        + " with "
        + translations.size()
        + " sentences";
  }
}
