package org.yuqiao.cli.console;

import org.yuqiao.backend.Backend;

/** The backend of a command, by its {@code --threads}. */
public final class Threading {
  private Threading() {}

  /** A backend with {@code threads} threads; 0: one per processor. */
  public static Backend backend(int threads) {
    return new Backend(threads > 0 ? threads : Runtime.getRuntime().availableProcessors());
  }
}
