package org.yuqiao.cli.console;

import org.yuqiao.files.InvalidInputException;

/** Wrong usage: values out of range, options that exclude each other or have no effect together. */
public final class UsageException extends InvalidInputException {
  private static final long serialVersionUID = 1L;

  /** An exception with a one-sentence message. */
  public UsageException(String sentence) {
    super(sentence);
  }

  /** Throws an exception with {@code sentence} if {@code condition} holds. */
  public static void refuseIf(boolean condition, String sentence) {
    if (condition) {
      throw new UsageException(sentence);
    }
  }
}
