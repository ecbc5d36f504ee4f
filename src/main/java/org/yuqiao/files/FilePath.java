package org.yuqiao.files;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths from text of settings, manifests and the command line. */
public final class FilePath {
  private FilePath() {}

  /**
   * The path called {@code name}.
   *
   * @throws InvalidInputException when no file can have this name
   */
  public static Path of(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      String reason =
          name.indexOf('\0') >= 0
              ? "has the character U+0000"
              : "has characters that the locale cannot represent";
      throw new InvalidInputException("'" + name + "' is not a path: it " + reason, e);
    }
  }

  /**
   * Refuses a name that no file can have.
   *
   * @param key of the setting that holds it, for the message
   */
  public static void require(String name, String key) {
    try {
      of(name);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(key + ": " + e.getMessage(), e);
    }
  }
}
