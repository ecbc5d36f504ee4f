package org.yuqiao.cli.translate;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yuqiao.backend.Backend;
import org.yuqiao.cli.console.LineCount;
import org.yuqiao.cli.console.LineProgress;
import org.yuqiao.cli.console.Threading;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.experiment.task.Task;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.inference.Evaluation;
import org.yuqiao.inference.ModelFolder;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yuqiao evaluate}: scores a model on a test corpus. */
@Command(
    name = "evaluate",
    description = {
      "Translates a test corpus and scores the translations (BLEU, chrF, TER).",
      "A language model is scored by perplexity, a tagger by F1, a classifier by accuracy."
    },
    mixinStandardHelpOptions = true)
public final class EvaluateCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "RUN",
      description =
          "The folder of a run or a model; several with the same vocabularies form an ensemble.")
  private List<Path> models;

  @Option(
      names = "--test",
      required = true,
      paramLabel = "CORPUS",
      description =
          "Sentence pairs: .tsv, .jsonl, .tmx or a.zh,a.en; labeled text for taggers and classifiers.")
  private String test;

  @Mixin private DecodingOptions decoding;

  @Option(
      names = "--metrics",
      paramLabel = "LIST",
      description = "Comma-separated: bleu, chrf, chrf++, ter (default: bleu,chrf,ter).")
  private Optional<String> metrics = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Writes the translations, one per line.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads; 0: one per processor (default).")
  private int threads;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    Threading.count(threads);
    for (Path folder : models) {
      RunFolder run = ModelFolder.of(folder).run();
      ExperimentSettings settings = run.loadSettings();
      if (!settings.translates()) {
        evaluateAlone(run, settings);
        return 0;
      }
    }
    try (TranslationModel model = TranslationModel.load(models, Threading.backend(threads));
        LineProgress progress =
            new LineProgress("translating", "sentences", LineCount.ofCorpus(test))) {
      DecodingSettings settings = decoding.settings(model.settings().decode(), 1);
      print(
          Evaluation.run(
              model, settings, List.of(test), metrics.orElse("bleu,chrf,ter"), progress::add));
    }
    return 0;
  }

  /** Scores a model that does not translate: no ensemble, no search options. */
  private void evaluateAlone(RunFolder run, ExperimentSettings settings) {
    UsageException.refuseIf(
        models.size() > 1, "only translation models form an ensemble; give one --model");
    InvalidInputException.require(
        metrics.isEmpty() && output.isEmpty(),
        "--metrics and --output need a translation model, not " + settings.model().kindName());
    decoding.refuseAny(settings.model().kindName());
    try (LineProgress progress = new LineProgress("evaluating", "sentences")) {
      Backend backend = Threading.backend(threads);
      print(Task.of(settings, run).test(backend, List.of(test), progress::add));
    }
  }

  private void print(Evaluation.Result result) {
    output.ifPresent(
        file -> AtomicFile.write(file, String.join("\n", result.translations()) + "\n"));
    ScoreOutput scores =
        new ScoreOutput(result.scores(), result.signatures(), result.sources().size());
    if (json) {
      System.out.println(scores.json(Optional.of(result.seconds()), Map.of()));
    } else {
      System.out.print(scores.text());
      System.out.printf(
          Locale.ROOT, "%d sentences in %.1f seconds%n", result.sources().size(), result.seconds());
    }
  }
}
