package org.yuqiao.cli.plot;

import java.util.concurrent.Callable;
import org.yuqiao.figure.PositionPlot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yuqiao plot positions}: the map of a position scheme. */
@Command(
    name = "positions",
    description = "Draws the map of sinusoidal or rotary positions.",
    mixinStandardHelpOptions = true)
final class PlotPositionsCommand implements Callable<Integer> {
  /** The schemes that are the same for all models. */
  enum Scheme {
    SINUSOIDAL,
    ROTARY
  }

  @Option(
      names = "--scheme",
      paramLabel = "sinusoidal|rotary",
      defaultValue = "sinusoidal",
      description = "Added to the embeddings, or turning queries and keys (${DEFAULT-VALUE}).")
  private Scheme scheme;

  @Option(
      names = "--positions",
      paramLabel = "N",
      defaultValue = "60",
      description = "How many positions (${DEFAULT-VALUE}).")
  private int positions;

  @Option(
      names = "--width",
      paramLabel = "D",
      defaultValue = "128",
      description = "The width of the vectors (${DEFAULT-VALUE}).")
  private int width;

  @Mixin private PictureOption output;

  @Override
  public Integer call() {
    output.write(
        scheme == Scheme.SINUSOIDAL
            ? PositionPlot.sinusoidal(positions, width)
            : PositionPlot.rotary(positions, width));
    return 0;
  }
}
