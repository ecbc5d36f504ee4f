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

/** {@code yuqiao plot softmax}: the effect of the temperature. */
@Command(
    name = "softmax",
    description = "Draws the softmax of logits at several temperatures.",
    mixinStandardHelpOptions = true)
final class PlotSoftmaxCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "LABEL=LOGIT",
      description = "Labels with logits, e.g. long=3.2 good=2.1 not=0.4")
  private Map<String, Float> logits = new LinkedHashMap<>();

  @Option(
      names = "--temperatures",
      split = ",",
      paramLabel = "T",
      defaultValue = "0.5,1,2",
      description = "Comma-separated temperatures, above 0 (default: ${DEFAULT-VALUE}).")
  private List<Double> temperatures;

  @Option(
      names = "--font",
      paramLabel = "FILE",
      description = "A TrueType or OpenType font; default: an installed one.")
  private Optional<Path> font = Optional.empty();

  @Mixin private PictureOption output;

  @Override
  public Integer call() {
    float[] values = new float[logits.size()];
    int i = 0;
    for (float logit : logits.values()) {
      values[i++] = logit;
    }
    output.write(
        SoftmaxPlot.temperatures(List.copyOf(logits.keySet()), values, temperatures, font));
    return 0;
  }
}
