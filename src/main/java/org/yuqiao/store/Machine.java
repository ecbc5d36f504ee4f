package org.yuqiao.store;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The computer of a training session.
 *
 * @param system operating system and architecture
 * @param cpu the model name of the processor
 * @param cores available to the JVM
 * @param memoryBytes of the machine or the container
 */
public record Machine(String system, String cpu, int cores, long memoryBytes) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** The computer this program runs on. */
  static Machine present() {
    String architecture = System.getProperty("os.arch");
    String cpu =
        valueIn(CPU_INFO, "model name")
            .or(() -> valueIn(CPU_INFO, "Model"))
            .or(() -> Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER")))
            .orElse("unknown " + architecture);
    return new Machine(
        System.getProperty("os.name") + " " + architecture,
        cpu,
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize());
  }

  /** The first value of {@code key} in a file of "key : value" lines. */
  private static Optional<String> valueIn(Path file, String key) {
    Predicate<String> isKey = line -> line.matches(key + "\\s*:.*");
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(isKey)
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .filter(value -> !value.isEmpty())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
