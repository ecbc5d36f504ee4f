package org.yuqiao.cli;

/**
 * Whether somebody watches standard error. The launcher knows; Java tells it only of standard input
 * and output.
 */
final class Terminal {
  private Terminal() {}

  /** Whether standard input is typed. */
  static boolean isTyped() {
    return Boolean.getBoolean("yuqiao.typed");
  }

  static boolean isPresent() {
    return Boolean.getBoolean("yuqiao.terminal");
  }
}
