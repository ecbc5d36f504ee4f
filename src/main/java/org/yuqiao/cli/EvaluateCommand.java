package org.yuqiao.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yuqiao.decode.BatchLimits;
import org.yuqiao.decode.Strategy;
import org.yuqiao.experiment.Evaluation;
import org.yuqiao.experiment.LoadedModels;
import org.yuqiao.experiment.RunFolder;
import org.yuqiao.experiment.TrainedModel;
import org.yuqiao.files.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yuqiao evaluate}: translates a test corpus and scores it. */
@Command(
    name = "evaluate",
    description = "Translates a test corpus with a model and scores the result.",
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "RUN",
      description = "The run's folder; several with the same vocabularies are asked together.")
  private List<Path> models;

  @Option(
      names = "--test",
      required = true,
      paramLabel = "CORPUS",
      description = "Pairs as .tsv, .jsonl, .tmx or a.zh,a.en.")
  private String test;

  @Mixin private DecodingOptions decoding;

  @Option(
      names = "--metrics",
      paramLabel = "LIST",
      defaultValue = "bleu,chrf,ter",
      description = "Of bleu, chrf, ter (${DEFAULT-VALUE}).")
  private String metrics;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Keeps the translations, one a line.")
  private Optional<Path> output = Optional.empty();

  @Option(names = "--threads", paramLabel = "N", description = "0: one a processor.")
  private int threads;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    LoadedModels loaded = LoadedModels.of(models.stream().map(RunFolder::new).toList());
    Strategy strategy = Strategy.of(decoding.settings(loaded.settings().decode(), 1));
    try (TrainedModel trained =
            new TrainedModel(loaded, Threading.backend(threads), strategy, BatchLimits.DEFAULT);
        LineProgress progress = new LineProgress("translating", "sentences")) {
      Evaluation.Result result = Evaluation.run(trained, List.of(test), metrics, progress::add);
      output.ifPresent(
          file -> AtomicFile.write(file, String.join("\n", result.translations()) + "\n"));
      ScoreOutput scores =
          new ScoreOutput(result.scores(), result.signatures(), result.sources().size());
      if (json) {
        System.out.println(scores.json(Optional.of(result.seconds())));
      } else {
        System.out.print(scores.text());
        System.out.printf(
            Locale.ROOT,
            "%d sentences in %.1f seconds%n",
            result.sources().size(),
            result.seconds());
      }
    }
    return 0;
  }
}
