package org.yuqiao.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory this process has had. */
public final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private PeakMemory() {}

  /**
   * Mebibytes of resident memory at its highest, inside and outside the Java heap; where the
   * operating system does not tell, what the heap has now.
   */
  public static long mebibytes() {
    try {
      if (Files.exists(STATUS)) {
        for (String line : Files.readAllLines(STATUS)) {
          if (line.startsWith("VmHWM:")) {
            return Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10;
          }
        }
      }
    } catch (IOException e) {
      // Told below what the heap has.
    }
    return Runtime.getRuntime().totalMemory() >> 20;
  }
}
