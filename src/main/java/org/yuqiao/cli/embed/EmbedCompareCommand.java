package org.yuqiao.cli.embed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yuqiao.embedding.compare.AlgorithmComparison;
import org.yuqiao.embedding.compare.AlgorithmReport;
import org.yuqiao.embedding.evaluation.AnalogyQuestions;
import org.yuqiao.embedding.word2vec.Word2VecAlgorithm;
import org.yuqiao.embedding.word2vec.Word2VecSettings;
import org.yuqiao.files.InvalidInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yuqiao embed compare}: CBOW, corrected CBOW and skip-gram side by side. */
@Command(
    name = "compare",
    description = "Trains CBOW, corrected CBOW and skip-gram on one text and compares them.",
    mixinStandardHelpOptions = true)
final class EmbedCompareCommand implements Callable<Integer> {
  @Mixin private Word2VecOptions options;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder of the report, its pictures and the vectors.")
  private Path folder;

  @Option(
      names = "--analogies",
      paramLabel = "FILE",
      description = "Analogy questions in the format of questions-words or CA8.")
  private Optional<Path> analogies = Optional.empty();

  @Option(
      names = "--seeds",
      defaultValue = "3",
      description =
          "Trainings per algorithm, to separate differences from noise (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--no-pictures",
      description = "Draws no picture with words, for machines without a font for them.")
  private boolean withoutPictures;

  @Override
  public Integer call() {
    if (seeds < 1) {
      throw new InvalidInputException("seeds must be at least 1, not " + seeds);
    }
    Word2VecSettings settings = options.settings(Word2VecAlgorithm.CBOW);
    List<Word2VecProgressBar> bars = new ArrayList<>();
    List<AlgorithmComparison.Outcome> outcomes =
        new AlgorithmComparison(options::settings, seeds, analogies.map(AnalogyQuestions::read))
            .run(
                options.source(),
                task -> {
                  bars.forEach(Word2VecProgressBar::close);
                  Word2VecProgressBar bar = new Word2VecProgressBar(task);
                  bars.add(bar);
                  return bar;
                });
    bars.forEach(Word2VecProgressBar::close);
    AlgorithmReport report = new AlgorithmReport(outcomes);
    report.write(folder, about(settings, outcomes), !withoutPictures);
    System.out.print(report.summary());
    System.err.println("report: " + folder.resolve("report.md"));
    return 0;
  }

  private String about(Word2VecSettings settings, List<AlgorithmComparison.Outcome> outcomes) {
    var words = outcomes.get(0).trials().get(0).result().words();
    return String.format(
        "Text: %s. %,d words, %,d different ones that occur %d times or more. %d dimensions, window"
            + " %d, %s, %d epochs, %d threads, %d seeds.",
        String.join(" ", options.inputs()),
        words.total(),
        words.size(),
        settings.minimumCount(),
        settings.dimension(),
        settings.window(),
        settings.hierarchicalSoftmax()
            ? "hierarchical softmax"
            : settings.negative() + " negative samples",
        settings.epochs(),
        settings.threads(),
        seeds);
  }
}
