package org.yuqiao.backend.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;

/** The most memory that a process has ever held in RAM, inside and outside the Java heap. */
public final class PeakMemory {
  private static final int KIBIBYTE = 1024;
  private static final String RESET_PEAK = "5";

  private PeakMemory() {}

  /** Bytes, of this process. Only Linux keeps count; on other systems it is what is held now. */
  public static long bytes() {
    return bytes(ProcessHandle.current().pid()).orElseGet(Pointer::physicalBytes);
  }

  /**
   * Counts from what this process holds now, after collecting garbage, as far as the operating
   * system lets it.
   */
  public static void startAnew() {
    System.gc();
    try {
      Files.writeString(Path.of("/proc/self/clear_refs"), RESET_PEAK);
    } catch (IOException e) {
      // Then the peak is that of the whole process.
    }
  }

  /** Bytes, of any process; empty when it has ended, or the operating system does not tell. */
  public static OptionalLong bytes(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIBIBYTE)
          .findFirst();
    } catch (IOException | RuntimeException e) {
      return OptionalLong.empty();
    }
  }
}
