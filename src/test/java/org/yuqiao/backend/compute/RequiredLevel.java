package org.yuqiao.backend.compute;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** For tests of one {@link ComputeLevel}. */
public final class RequiredLevel {
  private RequiredLevel() {}

  /**
   * Skips the calling test where {@code level} is out of reach of the machine or forbidden by the
   * property; fails it where the machine has the instructions but they are not used.
   */
  public static void require(ComputeLevel level) {
    Compute here = Compute.here();
    if (here.level().compareTo(level) >= 0) {
      return;
    }
    if (System.getProperty(Compute.PROPERTY) == null && machineHas(level)) {
      fail("the machine has what " + level + " needs, but it computes with " + here.description());
    }
    abort("not " + level + ": " + here.description());
  }

  private static boolean machineHas(ComputeLevel level) {
    Set<String> flags = flags();
    return switch (level) {
      case ND4J, VECTOR -> true;
      case ONEDNN -> flags.contains("avx512dq") && jvmUsesAvx512();
      case VNNI -> flags.contains("avx512_vnni") && jvmUsesAvx512();
      case BF16 -> flags.contains("avx512_bf16") && jvmUsesAvx512();
    };
  }

  /** The processor's flags, as Linux lists them; none on other systems. */
  private static Set<String> flags() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("flags"))
          .limit(1)
          .flatMap(line -> Arrays.stream(line.split(" ")))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      return Set.of();
    }
  }

  /** Java leaves AVX-512 alone on some processors that have it. */
  private static boolean jvmUsesAvx512() {
    var diagnostics = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    return Integer.parseInt(diagnostics.getVMOption("UseAVX").getValue()) >= 3;
  }
}
