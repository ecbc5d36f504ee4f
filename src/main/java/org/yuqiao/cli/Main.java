package org.yuqiao.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.yuqiao.backend.Backend;
import org.yuqiao.cli.bench.BenchCommand;
import org.yuqiao.cli.data.DataCommand;
import org.yuqiao.cli.data.ExportCommand;
import org.yuqiao.cli.data.ModelsCommand;
import org.yuqiao.cli.data.NotebookCommand;
import org.yuqiao.cli.embed.EmbedCommand;
import org.yuqiao.cli.embed.EmbedPlotCommand;
import org.yuqiao.cli.plot.PlotCommand;
import org.yuqiao.cli.train.ExperimentCommand;
import org.yuqiao.cli.train.SettingsCommand;
import org.yuqiao.cli.train.TrainCommand;
import org.yuqiao.cli.translate.CdsWarmUpCommand;
import org.yuqiao.cli.translate.ClassifyCommand;
import org.yuqiao.cli.translate.EvaluateCommand;
import org.yuqiao.cli.translate.GenerateCommand;
import org.yuqiao.cli.translate.NextCommand;
import org.yuqiao.cli.translate.QuantizeCommand;
import org.yuqiao.cli.translate.ScoreCommand;
import org.yuqiao.cli.translate.ScorePairsCommand;
import org.yuqiao.cli.translate.TagCommand;
import org.yuqiao.cli.translate.TranslateCommand;
import org.yuqiao.files.InvalidInputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code yuqiao}. */
@Command(
    name = "yuqiao",
    description = "The laboratory for Chinese-English Transformers on the JVM.",
    mixinStandardHelpOptions = true,
    version = "Yuqiao 0.2.0",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      QuantizeCommand.class,
      TranslateCommand.class,
      GenerateCommand.class,
      NextCommand.class,
      TagCommand.class,
      ClassifyCommand.class,
      ScoreCommand.class,
      ScorePairsCommand.class,
      BenchCommand.class,
      DataCommand.class,
      EmbedCommand.class,
      ExperimentCommand.class,
      SettingsCommand.class,
      PlotCommand.class,
      ExportCommand.class,
      ModelsCommand.class,
      NotebookCommand.class,
      CdsWarmUpCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Runs a command and exits with 0, 1 (bad input) or 2 (bad usage). */
  public static void main(String[] args) {
    String[] arguments = Utf8Arguments.of(args);
    // UTF-8 whatever the platform's locale says.
    System.setOut(
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
    System.setErr(
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    // For provenance; a run that an experiment starts has the experiment's command already.
    if (System.getProperty("yuqiao.command") == null) {
      System.setProperty("yuqiao.command", ("yuqiao " + String.join(" ", arguments)).strip());
    }
    System.exit(
        arguments.length > 0 && arguments[0].equals("translate")
            ? translate(Arrays.copyOfRange(arguments, 1, arguments.length))
            : commandLine().execute(arguments));
  }

  /** The command that people wait for: the others are not even looked at. */
  public static int translate(String[] arguments) {
    Backend.prepare();
    CommandLine command = new CommandLine(new TranslateCommand());
    command.setCommandName("yuqiao translate");
    return configured(command).execute(arguments);
  }

  static CommandLine commandLine() {
    CommandLine yuqiao = new CommandLine(new Main());
    yuqiao.getSubcommands().get("plot").addSubcommand("embedding", new EmbedPlotCommand());
    return configured(yuqiao);
  }

  private static CommandLine configured(CommandLine command) {
    return command
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (exception, failed, result) -> {
              if (exception instanceof InvalidInputException) {
                failed.getErr().println("yuqiao: " + exception.getMessage());
                return 1;
              }
              if (isShuttingDown()) {
                return 1; // Ctrl-C: libraries fail when they find the JVM closing.
              }
              throw exception;
            });
  }

  private static boolean isShuttingDown() {
    Thread none = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(none);
      return !Runtime.getRuntime().removeShutdownHook(none);
    } catch (IllegalStateException e) {
      return true;
    }
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "a command is missing; see yuqiao --help");
  }
}
