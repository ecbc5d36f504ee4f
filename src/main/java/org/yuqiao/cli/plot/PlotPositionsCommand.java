package org.yuqiao.cli.plot;

import java.util.concurrent.Callable;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.figure.PositionPlot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yuqiao plot positions}: heat map of a position encoding. */
@Command(
    name = "positions",
    description = "Draws a heat map of sinusoidal or rotary position encodings.",
    mixinStandardHelpOptions = true)
final class PlotPositionsCommand implements Callable<Integer> {
  private static final int MAX_CELLS = 1 << 22;

  /** The position encodings without learned parameters. */
  enum Scheme {
    SINUSOIDAL,
    ROTARY
  }

  @Option(
      names = "--scheme",
      paramLabel = "sinusoidal|rotary",
      defaultValue = "sinusoidal",
      description =
          "Added to embeddings, or rotating queries and keys (default: ${DEFAULT-VALUE}).")
  private Scheme scheme;

  @Option(
      names = "--positions",
      paramLabel = "N",
      defaultValue = "60",
      description = "Number of positions (default: ${DEFAULT-VALUE}).")
  private int positions;

  @Option(
      names = "--hidden-size",
      paramLabel = "D",
      defaultValue = "128",
      description = "Vector size (default: ${DEFAULT-VALUE}).")
  private int hiddenSize;

  @Mixin private PictureOption output;

  @Override
  public Integer call() {
    UsageException.refuseIf(
        (long) positions * hiddenSize > MAX_CELLS,
        "--positions times --hidden-size must be at most " + MAX_CELLS);
    output.write(
        scheme == Scheme.SINUSOIDAL
            ? PositionPlot.sinusoidal(positions, hiddenSize)
            : PositionPlot.rotary(positions, hiddenSize));
    return 0;
  }
}
