package org.yuqiao.cli.plot;

import java.util.concurrent.Callable;
import org.yuqiao.figure.NextTokenPlot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code yuqiao plot next-token}: alternatives at each step of a translation. */
@Command(
    name = "next-token",
    description = "Draws the most probable next tokens at each step of a translation.",
    mixinStandardHelpOptions = true)
final class PlotNextTokenCommand implements Callable<Integer> {
  @Mixin private ExplainedSentence sentence;

  @Mixin private PictureOption output;

  @Override
  public Integer call() {
    output.write(NextTokenPlot.of(sentence.explain(), sentence.font()));
    return 0;
  }
}
