package org.yuqiao.cli.translate;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.yuqiao.backend.Backend;
import org.yuqiao.cli.console.LineCount;
import org.yuqiao.cli.console.LineProgress;
import org.yuqiao.cli.console.TargetLanguageOption;
import org.yuqiao.cli.console.ThreadsOption;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.experiment.task.Task;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.inference.AcceptedTranslations;
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
      paramLabel = "CORPUS",
      description =
          "Sentence pairs: .tsv, .jsonl, .tmx or a.zh,a.en; labeled text for taggers and classifiers.")
  private Optional<String> test = Optional.empty();

  @Option(
      names = "--accepted",
      paramLabel = "FILE",
      description = {
        "Instead of --test: lines as people paste them, each as kind, tab, source, tab, accepted",
        "translations with \" | \" between them; counts the lines translated acceptably by kind."
      })
  private Optional<Path> accepted = Optional.empty();

  @Option(
      names = "--protect",
      negatable = true,
      description =
          "With --accepted: as in translate. Without it, spans are never protected, as scores are"
              + " compared with other systems.")
  private Optional<Boolean> protect = Optional.empty();

  @Mixin private TargetLanguageOption targetLanguage;

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

  @Mixin private ThreadsOption threads;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    threads.count();
    UsageException.refuseIf(
        test.isPresent() == accepted.isPresent(), "give one of --test and --accepted");
    UsageException.refuseIf(
        protect.isPresent() && accepted.isEmpty(), "--protect belongs to --accepted");
    accepted.ifPresent(this::testLines);
    test.ifPresent(this::score);
    return 0;
  }

  private void testLines(Path file) {
    UsageException.refuseIf(
        metrics.isPresent() || output.isPresent() || json,
        "--metrics, --output and --json belong to --test");
    try (TranslationModel model =
            TranslationModel.load(models, threads.backend(), targetLanguage.code());
        LineProgress progress = new LineProgress("translating", "sentences")) {
      DecodingSettings settings = decoding.settings(model.settings().decode(), 1);
      boolean protects = protect.orElse(model.hasPlaceholders());
      System.out.print(
          AcceptedOutput.text(
              AcceptedTranslations.read(file).test(model, settings, protects, progress::add)));
    }
  }

  private void score(String corpus) {
    for (Path folder : models) {
      RunFolder run = ModelFolder.of(folder).run();
      ExperimentSettings settings = run.loadSettings();
      if (!settings.translates()) {
        evaluateAlone(run, settings, corpus);
        return;
      }
    }
    try (TranslationModel model =
            TranslationModel.load(models, threads.backend(), targetLanguage.code());
        LineProgress progress =
            new LineProgress("translating", "sentences", LineCount.ofCorpus(corpus))) {
      DecodingSettings settings = decoding.settings(model.settings().decode(), 1);
      Evaluation.Result result =
          Evaluation.run(
              model, settings, List.of(corpus), metrics.orElse("bleu,chrf,ter"), progress::add);
      print(result, OptionalLong.of(Evaluation.degenerate(result, model.settings().target())));
    }
  }

  /** Scores a model that does not translate: no ensemble, no search options. */
  private void evaluateAlone(RunFolder run, ExperimentSettings settings, String corpus) {
    UsageException.refuseIf(
        models.size() > 1, "only translation models form an ensemble; give one --model");
    InvalidInputException.require(
        metrics.isEmpty() && output.isEmpty(),
        "--metrics and --output need a translation model, not " + settings.model().kindName());
    decoding.refuseAny(settings.model().kindName());
    try (LineProgress progress = new LineProgress("evaluating", "sentences")) {
      Backend backend = threads.backend();
      print(
          Task.of(settings, run).test(backend, List.of(corpus), progress::add),
          OptionalLong.empty());
    }
  }

  private void print(Evaluation.Result result, OptionalLong degenerate) {
    output.ifPresent(
        file -> AtomicFile.write(file, String.join("\n", result.translations()) + "\n"));
    ScoreOutput scores =
        new ScoreOutput(result.scores(), result.signatures(), result.sources().size());
    if (json) {
      System.out.println(scores.json(Optional.of(result.seconds()), degenerate, Map.of()));
    } else {
      System.out.print(scores.text());
      System.out.printf(
          Locale.ROOT, "%d sentences in %.1f seconds%n", result.sources().size(), result.seconds());
      degenerate.ifPresent(
          count ->
              System.out.printf(
                  Locale.ROOT,
                  "%d degenerate: empty, repeating themselves, or many times too long%n",
                  count));
    }
  }
}
