package org.yuqiao.backend.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;

/** The peak resident memory of a process, Java heap and native memory together. */
public final class PeakMemory {
  private static final int KIBIBYTE = 1024;
  private static final String RESET_PEAK = "5";

  private PeakMemory() {}

  /** The peak of this process, in bytes; where it is unknown (not Linux), its memory now. */
  public static long bytes() {
    return bytes(ProcessHandle.current().pid()).orElseGet(Pointer::physicalBytes);
  }

  /**
   * Resets the peak of this process to its memory after a garbage collection, where the operating
   * system allows it.
   */
  public static void reset() {
    System.gc();
    try {
      Files.writeString(Path.of("/proc/self/clear_refs"), RESET_PEAK);
    } catch (IOException e) {
      // The peak remains that since the start of the process.
    }
  }

  /** The peak of any process, in bytes; empty when it has ended or the peak is unknown. */
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
