package org.yuqiao.server.http;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Takes the folders of this machine out of texts that are sent. */
public final class LocalPaths {
  private static final Pattern FOLDERS =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}./\\\\])(?:[A-Za-z]:)?[/\\\\]+(?:[^\\s'\"/\\\\]+[/\\\\]+)*");

  private LocalPaths() {}

  /**
   * {@code text} with the last name alone of each absolute path.
   *
   * @param folders whose names may have spaces
   */
  public static String shortened(String text, Path... folders) {
    String shortened = text;
    for (Path folder : folders) {
      shortened = without(folder.toAbsolutePath().normalize().toString(), shortened);
    }
    shortened = without(System.getProperty("user.dir"), shortened);
    shortened = without(System.getProperty("user.home"), shortened);
    return FOLDERS.matcher(shortened).replaceAll("");
  }

  private static String without(String folder, String text) {
    return folder.length() > 1 ? text.replace(folder, "") : text;
  }
}
