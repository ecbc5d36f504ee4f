package org.yuqiao.cli.console;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds the command line of a child process that runs this program. */
public final class SelfProcess {
  /** By name: commands start it, and the class itself registers all commands. */
  private static final String MAIN_CLASS = "org.yuqiao.cli.Main";

  private SelfProcess() {}

  /**
   * The command line with the JVM options of this process.
   *
   * @param options JVM options that are added and win over the inherited ones
   * @param arguments program arguments
   */
  public static List<String> command(List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN_CLASS));
    command.addAll(arguments);
    return command;
  }
}
