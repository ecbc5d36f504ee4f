package org.yuqiao.cli.train;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code yuqiao experiment}: many runs and their comparison. */
@Command(
    name = "experiment",
    description = "Trains the runs of experiments; lists, shows and compares runs.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ExperimentRunCommand.class,
      ExperimentCompareCommand.class,
      ExperimentListCommand.class,
      ExperimentShowCommand.class
    })
public final class ExperimentCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "expected run, compare, list or show; see yuqiao experiment --help");
  }
}
