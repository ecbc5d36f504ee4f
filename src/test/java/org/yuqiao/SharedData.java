package org.yuqiao;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Real corpora beside the checkout, for tests that are skipped where there are none. */
public final class SharedData {
  private SharedData() {}

  /**
   * A file of the folder {@code ../shared} (or of -Dyuqiao.shared); the test is skipped when it is
   * not there.
   */
  public static Path require(String name) {
    Path file = Path.of(System.getProperty("yuqiao.shared", "../shared")).resolve(name);
    Assumptions.assumeTrue(Files.exists(file), "skipped: there is no " + file);
    return file;
  }
}
