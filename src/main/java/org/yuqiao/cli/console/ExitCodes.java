package org.yuqiao.cli.console;

import org.yuqiao.files.InvalidInputException;
import picocli.CommandLine;

/** The exit codes of every command: 0 done, 1 bad input, 2 bad usage. */
public final class ExitCodes {
  private static final int BAD_INPUT = 1;

  private ExitCodes() {}

  /** Reports bad input as one sentence on standard error; any other exception is a defect. */
  public static CommandLine configure(CommandLine command) {
    return command
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (exception, failed, result) -> {
              if (exception instanceof InvalidInputException) {
                failed.getErr().println("yuqiao: " + exception.getMessage());
                return BAD_INPUT;
              }
              if (isShuttingDown()) {
                return BAD_INPUT; // Ctrl-C: libraries fail when they find the JVM closing.
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
}
