package org.yuqiao.files;

/**
 * What the user gave cannot be used. The message is one clear sentence that names the file, the
 * line or the key, and what was expected; the command line prints it without a stack trace and
 * exits with a non-zero code.
 */
public final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the refusal with its one sentence. */
  public InvalidInputException(String sentence) {
    super(sentence);
  }

  /** Creates the refusal with its one sentence and the fault behind it. */
  public InvalidInputException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
