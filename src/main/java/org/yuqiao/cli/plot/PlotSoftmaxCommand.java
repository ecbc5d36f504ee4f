package org.yuqiao.cli.plot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yuqiao.cli.console.UsageException;
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
  private List<String> labeled;

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
    List<String> labels = new ArrayList<>();
    float[] logits = new float[labeled.size()];
    for (String one : labeled) {
      int equals = one.lastIndexOf('=');
      UsageException.refuseIf(equals < 1, "'" + one + "': expected LABEL=LOGIT, as long=3.2");
      logits[labels.size()] = logit(one, one.substring(equals + 1));
      labels.add(one.substring(0, equals));
    }
    output.write(SoftmaxPlot.temperatures(labels, logits, temperatures, font));
    return 0;
  }

  private static float logit(String argument, String number) {
    try {
      float logit = Float.parseFloat(number);
      UsageException.refuseIf(
          !Float.isFinite(logit), "'" + argument + "': the logit is not a finite float32 number");
      return logit;
    } catch (NumberFormatException e) {
      throw new UsageException("'" + argument + "': the logit is not a number");
    }
  }
}
