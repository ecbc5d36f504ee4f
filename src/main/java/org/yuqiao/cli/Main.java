package org.yuqiao.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.yuqiao.cli.console.ExitCodes;
import org.yuqiao.cli.console.StandardOutput;
import org.yuqiao.cli.translate.TranslateCommand;
import org.yuqiao.store.Provenance;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code yuqiao}: starts a subcommand. */
@Command(
    name = "yuqiao",
    description = "The laboratory for Chinese-English Transformers on the JVM.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
  private static final String FIRST_STEPS =
      """
      echo 你好。 | ./yuqiao translate               translates a line with the shipped model
      ./yuqiao train experiments/quickstart.yaml   trains a small model in minutes and reports on it
      ./yuqiao settings                            lists every setting of an experiment with its default
      ./yuqiao notebook                            opens the notebooks in Jupyter
      ./yuqiao --help                              lists all commands
      """;

  /** For a heap that is too small even for the sentence about it. */
  private static final byte[] OUT_OF_MEMORY =
      "yuqiao: out of memory; YUQIAO_HEAP sets how much is used\n"
          .getBytes(StandardCharsets.US_ASCII);

  /** Runs a command and exits with one of {@link ExitCodes}. */
  public static void main(String[] args) {
    try {
      exitAfter(args);
    } catch (OutOfMemoryError e) {
      System.err.write(OUT_OF_MEMORY, 0, OUT_OF_MEMORY.length);
      System.err.flush();
      Runtime.getRuntime().halt(ExitCodes.FAILED);
    }
  }

  private static void exitAfter(String... args) {
    String[] arguments = Utf8Arguments.of(args);
    // UTF-8 whatever the platform's locale says.
    System.setOut(StandardOutput.ofProcess());
    System.setErr(
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    // For provenance; a run that an experiment starts inherits the command of the experiment.
    if (System.getProperty("yuqiao.command") == null) {
      System.setProperty("yuqiao.command", ("yuqiao " + String.join(" ", arguments)).strip());
    }
    // Cold start: translating does not load the other commands.
    System.exit(execute(arguments));
  }

  private static int execute(String... arguments) {
    try {
      return arguments.length > 0 && arguments[0].equals("translate")
          ? TranslateCommand.execute(Arrays.copyOfRange(arguments, 1, arguments.length))
          : commandLineFor(arguments).execute(arguments);
    } catch (OutOfMemoryError e) {
      // Before a command runs: the heap is too small for the command line itself.
      System.err.println(ExitCodes.outOfMemory(e));
      return ExitCodes.FAILED;
    }
  }

  /** The version in the manifest of the build. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Yuqiao " + Provenance.version()};
    }
  }

  /** The command line with all subcommands. */
  public static CommandLine commandLine() {
    CommandLine yuqiao = new CommandLine(new Main());
    Subcommands.addAll(yuqiao);
    return ExitCodes.configure(yuqiao);
  }

  /** The command line for {@code arguments} only. */
  static CommandLine commandLineFor(String... arguments) {
    CommandLine yuqiao = new CommandLine(new Main());
    Subcommands.addNamed(yuqiao, List.of(arguments));
    return ExitCodes.configure(yuqiao);
  }

  @Override
  public void run() {
    System.out.print(FIRST_STEPS);
  }
}
