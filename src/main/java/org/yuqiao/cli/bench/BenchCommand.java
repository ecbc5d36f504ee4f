package org.yuqiao.cli.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code yuqiao bench}: speed measurements. */
@Command(
    name = "bench",
    description =
        "Measures the speed of training, translation and word vectors; predicts that of clusters.",
    mixinStandardHelpOptions = true,
    subcommands = {
      BenchTrainCommand.class,
      BenchTranslateCommand.class,
      BenchEmbedCommand.class,
      BenchClusterCommand.class
    })
public final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "expected train, translate, embed or cluster; see yuqiao bench --help");
  }
}
