package org.yuqiao.cli.console;

import org.yuqiao.backend.Backend;
import picocli.CommandLine.Option;

/** The option {@code --threads} of commands that compute. */
public final class ThreadsOption {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads; 0: one per processor (default).")
  private int threads;

  /** The number as it was given. */
  public int given() {
    return threads;
  }

  /**
   * The number of threads.
   *
   * @throws UsageException as {@link Threading#count}
   */
  public int count() {
    return Threading.count(threads);
  }

  /**
   * A backend with so many threads.
   *
   * @throws UsageException as {@link Threading#count}
   */
  public Backend backend() {
    return Threading.backend(threads);
  }
}
