package org.yuqiao.cli.console;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Whether somebody watches standard error. The launcher knows; Java tells it only of standard input
 * and output.
 */
public final class Terminal {
  private static final int COLUMNS = Integer.getInteger("yuqiao.columns", 80);

  private Terminal() {}

  /** Whether standard input is typed. */
  public static boolean isTyped() {
    return Boolean.getBoolean("yuqiao.typed");
  }

  public static boolean isPresent() {
    return Boolean.getBoolean("yuqiao.terminal");
  }

  /**
   * A bar on standard error in a single line, which lines written between its updates push down.
   * The library's own choice for terminals moves the cursor, and would write over such lines; and
   * it asks JLine for the terminal's width, which takes the handler of Ctrl-C away from the JVM.
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
