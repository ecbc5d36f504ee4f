package org.yuqiao;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Real corpora beside the checkout, for tests that are skipped where there are none. */
public final class SharedData {
  private SharedData() {}

  /**
   * The file {@code name} of the folder {@code ../shared} or {@code -Dyuqiao.shared}; where it is
   * absent, the test is skipped.
   */
  public static Path require(String name) {
    Path file = Path.of(System.getProperty("yuqiao.shared", "../shared")).resolve(name);
    Assumptions.assumeTrue(
        Files.exists(file),
        "skipped: this optional test reads " + file + ", which is not part of the project");
    return file;
  }
}
