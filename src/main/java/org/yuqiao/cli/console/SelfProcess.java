package org.yuqiao.cli.console;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yuqiao.cli.Main;

/** The command that starts this program once more, in a process of its own. */
public final class SelfProcess {
  private SelfProcess() {}

  /**
   * This JVM with its options.
   *
   * @param options more options, which win over those it was started with
   * @param arguments of the program
   */
  public static List<String> command(List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    return command;
  }
}
