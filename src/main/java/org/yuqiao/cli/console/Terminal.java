package org.yuqiao.cli.console;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Whether the standard streams are terminals. The launcher passes it as system properties: Java
 * itself knows only whether both standard input and output are.
 */
public final class Terminal {
  private static final int COLUMNS = Integer.getInteger("yuqiao.columns", 80);

  private Terminal() {}

  /** Whether standard input is a terminal. */
  public static boolean isTyped() {
    return Boolean.getBoolean("yuqiao.typed");
  }

  /** Whether standard output is a terminal, where a progress bar would mix with the results. */
  public static boolean isShown() {
    return Boolean.getBoolean("yuqiao.shown");
  }

  /** Whether standard error is a terminal. */
  public static boolean isPresent() {
    return Boolean.getBoolean("yuqiao.terminal");
  }

  /**
   * A progress bar in one line of standard error. Not the default consumer of the library: that one
   * moves the cursor and overwrites messages, and asks JLine for the width of the terminal, which
   * replaces the Ctrl-C handler of the JVM.
   */
  public static ProgressBarBuilder bar(String task, String unit) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setUnit(unit, 1)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(500)
        .setConsumer(new ConsoleProgressBarConsumer(System.err, COLUMNS));
  }
}
