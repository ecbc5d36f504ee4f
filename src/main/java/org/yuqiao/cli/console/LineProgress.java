package org.yuqiao.cli.console;

import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;

/** A count that grows, shown as a bar on a terminal and not at all elsewhere. */
public final class LineProgress implements AutoCloseable {
  private final Optional<ProgressBar> bar;

  public LineProgress(String task, String unit) {
    this.bar =
        !Terminal.isPresent()
            ? Optional.empty()
            : Optional.of(Terminal.bar(task, " " + unit).setInitialMax(-1).showSpeed().build());
  }

  /** Some more are done. */
  public void add(long count) {
    bar.ifPresent(shown -> shown.stepBy(count));
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
