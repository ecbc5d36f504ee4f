package org.yuqiao.cli.plot;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.yuqiao.figure.LearningCurvePlot;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.store.RunList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao plot learning-curves}: validation figures over training. */
@Command(
    name = "learning-curves",
    description = "Draws validation loss or scores over training, one curve per run.",
    mixinStandardHelpOptions = true)
final class PlotLearningCurvesCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "Runs, or folders with runs below them.")
  private List<Path> runs;

  @Option(
      names = "--figure",
      paramLabel = "bleu|chrf|loss|perplexity",
      defaultValue = "bleu",
      description = "The figure on the y axis (default: ${DEFAULT-VALUE}).")
  private LearningCurvePlot.Figure figure;

  @Option(
      names = "--by",
      paramLabel = "steps|minutes",
      defaultValue = "steps",
      description = "The x axis (default: ${DEFAULT-VALUE}).")
  private LearningCurvePlot.Progress progress;

  @Mixin private PictureOption output;

  @Override
  public Integer call() {
    var found = runs.stream().flatMap(folder -> RunList.below(folder).stream()).toList();
    if (found.isEmpty()) {
      throw new InvalidInputException("there is no run in " + runs.get(0));
    }
    output.write(LearningCurvePlot.of(found, figure, progress));
    return 0;
  }
}
