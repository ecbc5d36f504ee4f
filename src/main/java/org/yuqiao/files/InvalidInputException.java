package org.yuqiao.files;

/**
 * Thrown for invalid user input. The message is one sentence that names the file, line or key and
 * what was expected, with control characters escaped; the command line prints it without a stack
 * trace and exits with a non-zero code.
 */
public class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An exception with a one-sentence message. */
  public InvalidInputException(String sentence) {
    super(EscapedText.of(sentence));
  }

  /** An exception with a one-sentence message and its cause. */
  public InvalidInputException(String sentence, Throwable cause) {
    super(EscapedText.of(sentence), cause);
  }

  /** Throws an exception with {@code sentence} unless {@code condition} holds. */
  public static void require(boolean condition, String sentence) {
    if (!condition) {
      throw new InvalidInputException(sentence);
    }
  }
}
