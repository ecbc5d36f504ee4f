package org.yuqiao.cli.plot;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.yuqiao.figure.LearningRatePlot;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.train.LearningRateSchedule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao plot learning-rate}: learning-rate schedules of experiments. */
@Command(
    name = "learning-rate",
    description = "Draws the learning-rate schedule of experiments.",
    mixinStandardHelpOptions = true)
final class PlotLearningRateCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "EXPERIMENT",
      description = "Experiments (YAML); a run's settings.yaml is one.")
  private List<Path> experiments;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Overrides a setting of every experiment, e.g. optimizer.warmupSteps=500; repeatable.")
  private List<String> overrides = List.of();

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Steps of the training, which are all drawn (default: ${DEFAULT-VALUE}).")
  private long steps;

  @Mixin private PictureOption output;

  @Override
  public Integer call() {
    Map<String, LearningRateSchedule> schedules = new LinkedHashMap<>();
    for (Path file : experiments) {
      ExperimentSettings settings = SettingsFile.read(file, overrides);
      schedules.put(
          file + ": " + settings.optimizer().schedule(),
          settings.optimizer().schedule(settings.model().hiddenSize()));
    }
    output.write(LearningRatePlot.of(schedules, steps));
    return 0;
  }
}
