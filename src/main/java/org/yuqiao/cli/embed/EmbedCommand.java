package org.yuqiao.cli.embed;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code yuqiao embed}: word vectors. */
@Command(
    name = "embed",
    description = "Trains, compares, queries, evaluates, plots and exports word vectors.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      EmbedTrainCommand.class,
      EmbedCompareCommand.class,
      EmbedNearestCommand.class,
      EmbedSimilarityCommand.class,
      EmbedAnalogyCommand.class,
      EmbedOddOneOutCommand.class,
      EmbedEvaluateCommand.class,
      EmbedExportCommand.class,
      EmbedPlotCommand.class
    })
public final class EmbedCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing; see yuqiao embed --help");
  }
}
