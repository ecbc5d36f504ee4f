package org.yuqiao.cli.plot;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code yuqiao plot}: the pictures, one subcommand each. */
@Command(
    name = "plot",
    description = "Draws pictures as PNG or SVG, by the extension of the file.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PlotPositionsCommand.class,
      PlotLearningRateCommand.class,
      PlotLearningCurvesCommand.class,
      PlotSoftmaxCommand.class,
      PlotAttentionCommand.class,
      PlotNextTokenCommand.class
    })
public final class PlotCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing; see yuqiao plot --help");
  }
}
