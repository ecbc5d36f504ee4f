package org.yuqiao.cli.console;

import java.util.Optional;
import java.util.OptionalLong;
import me.tongfei.progressbar.ProgressBar;

/** A progress bar with rate and time left on a terminal; silent elsewhere. */
public final class LineProgress implements AutoCloseable {
  private final Optional<ProgressBar> bar;

  /** Work of unknown size: no time left. */
  public LineProgress(String task, String unit) {
    this(task, unit, OptionalLong.empty());
  }

  /** Work of {@code total} units. */
  public LineProgress(String task, String unit, OptionalLong total) {
    this(
        !Terminal.isPresent()
            ? Optional.empty()
            : Optional.of(
                Terminal.bar(task, " " + unit)
                    .setInitialMax(total.orElse(-1))
                    .showSpeed()
                    .build()));
  }

  private LineProgress(Optional<ProgressBar> bar) {
    this.bar = bar;
  }

  /** Shows nothing. */
  public static LineProgress silent() {
    return new LineProgress(Optional.empty());
  }

  /** Adds finished units. */
  public void add(long count) {
    bar.ifPresent(shown -> shown.stepBy(count));
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
