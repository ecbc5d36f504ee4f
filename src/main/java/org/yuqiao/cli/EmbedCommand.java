package org.yuqiao.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code yuqiao embed}: word vectors. */
@Command(
    name = "embed",
    description = "Asks, evaluates, draws and exports word vectors.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      EmbedNearestCommand.class,
      EmbedSimilarityCommand.class,
      EmbedAnalogyCommand.class,
      EmbedOddOneOutCommand.class,
      EmbedEvaluateCommand.class,
      EmbedExportCommand.class,
      EmbedPlotCommand.class
    })
final class EmbedCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing; see yuqiao embed --help");
  }
}
