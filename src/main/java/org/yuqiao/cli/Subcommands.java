package org.yuqiao.cli;

import java.util.List;
import org.yuqiao.cli.bench.BenchCommand;
import org.yuqiao.cli.data.DataCommand;
import org.yuqiao.cli.data.ExportCommand;
import org.yuqiao.cli.data.ImportCommand;
import org.yuqiao.cli.data.ModelsCommand;
import org.yuqiao.cli.data.NotebookCommand;
import org.yuqiao.cli.embed.EmbedCommand;
import org.yuqiao.cli.embed.EmbedPlotCommand;
import org.yuqiao.cli.plot.PlotCommand;
import org.yuqiao.cli.serve.ServeCommand;
import org.yuqiao.cli.train.ExperimentCommand;
import org.yuqiao.cli.train.SettingsCommand;
import org.yuqiao.cli.train.TrainCommand;
import org.yuqiao.cli.translate.CdsWarmUpCommand;
import org.yuqiao.cli.translate.ClassifyCommand;
import org.yuqiao.cli.translate.EvaluateCommand;
import org.yuqiao.cli.translate.GenerateCommand;
import org.yuqiao.cli.translate.HeadsCommand;
import org.yuqiao.cli.translate.NextCommand;
import org.yuqiao.cli.translate.QuantizeCommand;
import org.yuqiao.cli.translate.ScoreCommand;
import org.yuqiao.cli.translate.ScorePairsCommand;
import org.yuqiao.cli.translate.TagCommand;
import org.yuqiao.cli.translate.TranslateCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The subcommands of {@code yuqiao}, in the order of its help. */
final class Subcommands {
  private static final List<Class<?>> ALL =
      List.of(
          TrainCommand.class,
          EvaluateCommand.class,
          HeadsCommand.class,
          QuantizeCommand.class,
          TranslateCommand.class,
          GenerateCommand.class,
          NextCommand.class,
          TagCommand.class,
          ClassifyCommand.class,
          ScoreCommand.class,
          ScorePairsCommand.class,
          ServeCommand.class,
          BenchCommand.class,
          DataCommand.class,
          EmbedCommand.class,
          ExperimentCommand.class,
          SettingsCommand.class,
          PlotCommand.class,
          ImportCommand.class,
          ExportCommand.class,
          ModelsCommand.class,
          NotebookCommand.class,
          CdsWarmUpCommand.class,
          CommandLine.HelpCommand.class);

  private Subcommands() {}

  /** Adds all subcommands. */
  static void addAll(CommandLine yuqiao) {
    ALL.forEach(type -> yuqiao.addSubcommand(name(type), loaded(type)));
  }

  /**
   * Adds those that {@code arguments} may run, and only name and description of the others, whose
   * options would take most of a cold start to read.
   */
  static void addNamed(CommandLine yuqiao, List<String> arguments) {
    boolean fromFile = arguments.stream().anyMatch(argument -> argument.startsWith("@"));
    for (Class<?> type : ALL) {
      String name = name(type);
      boolean mayRun = fromFile || arguments.contains(name);
      yuqiao.addSubcommand(name, mayRun ? loaded(type) : described(type));
    }
  }

  private static String name(Class<?> type) {
    return type.getAnnotation(Command.class).name();
  }

  private static CommandLine loaded(Class<?> type) {
    CommandLine command = new CommandLine(type);
    if (type == PlotCommand.class) {
      command.addSubcommand("embedding", new EmbedPlotCommand());
    }
    return command;
  }

  private static CommandLine described(Class<?> type) {
    Command command = type.getAnnotation(Command.class);
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage()
        .header(command.header())
        .description(command.description())
        .hidden(command.hidden());
    return new CommandLine(spec);
  }
}
