package org.yuqiao.cli.console;

import org.yuqiao.backend.Backend;

/** The backend of a command, by its {@code --threads}. */
public final class Threading {
  private Threading() {}

  /** A backend with {@code threads} threads; 0: one per processor. */
  public static Backend backend(int threads) {
    return new Backend(count(threads));
  }

  /**
   * The number of threads; 0: one per processor.
   *
   * @throws UsageException outside 0 to {@link Backend#MAX_THREADS}
   */
  public static int count(int threads) {
    UsageException.refuseIf(
        threads < 0 || threads > Backend.MAX_THREADS,
        "--threads must be from 0 (one per processor) to "
            + Backend.MAX_THREADS
            + ", not "
            + threads);
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }
}
