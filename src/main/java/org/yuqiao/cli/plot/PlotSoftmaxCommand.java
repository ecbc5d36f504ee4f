package org.yuqiao.cli.plot;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yuqiao.figure.SoftmaxPlot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao plot softmax}: what the temperature does. */
@Command(
    name = "softmax",
    description = "Draws the soft-max of scores at several temperatures.",
    mixinStandardHelpOptions = true)
final class PlotSoftmaxCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "LABEL=SCORE",
      description = "What is scored, and how: long=3.2 good=2.1 not=0.4")
  private Map<String, Float> scores = new LinkedHashMap<>();

  @Option(
      names = "--temperatures",
      split = ",",
      paramLabel = "T",
      defaultValue = "0.5,1,2",
      description = "Each above 0 (${DEFAULT-VALUE}).")
  private List<Double> temperatures;

  @Option(
      names = "--font",
      paramLabel = "FILE",
      description = "A TrueType or OpenType font; otherwise an installed one.")
  private Optional<Path> font = Optional.empty();

  @Mixin private PictureOption output;

  @Override
  public Integer call() {
    float[] values = new float[scores.size()];
    int i = 0;
    for (float score : scores.values()) {
      values[i++] = score;
    }
    output.write(
        SoftmaxPlot.temperatures(List.copyOf(scores.keySet()), values, temperatures, font));
    return 0;
  }
}
