package org.yuqiao.cli.console;

import org.yuqiao.backend.Backend;

/** How many threads a command uses. */
public final class Threading {
  private Threading() {}

  /** A backend with {@code threads} threads; 0 means one a processor. */
  public static Backend backend(int threads) {
    return new Backend(threads > 0 ? threads : Runtime.getRuntime().availableProcessors());
  }
}
