package org.yuqiao.server.api;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Takes the folders of this machine out of texts that are sent. */
final class LocalPaths {
  private static final Pattern FOLDERS =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}./\\\\])(?:[A-Za-z]:)?[/\\\\]+(?:[^\\s'\"/\\\\]+[/\\\\]+)*");

  private LocalPaths() {}

  /** {@code text} with the last name alone of each absolute path. */
  static String shortened(String text, Path run) {
    // Known folders first: their names may have spaces.
    String shortened = text;
    for (String folder :
        List.of(
            run.toAbsolutePath().normalize().toString(),
            System.getProperty("user.dir"),
            System.getProperty("user.home"))) {
      shortened = folder.length() > 1 ? shortened.replace(folder, "") : shortened;
    }
    return FOLDERS.matcher(shortened).replaceAll("");
  }
}
