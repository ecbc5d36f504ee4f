package org.yuqiao.backend;

import java.util.Optional;
import org.yuqiao.backend.simd.SimdMath;

/**
 * What the vector kernels need of the machine and the JVM.
 *
 * @param cpu whether ND4J computes on the CPU
 * @param switchedOff whether somebody asked for ND4J's own operations
 * @param vectorModule whether the JVM has the module {@code jdk.incubator.vector}
 * @param lanes FLOAT values in the longest vector that the JVM has machine code for
 * @param architecture of the processor, as the JVM names it
 */
record KernelPrerequisites(
    boolean cpu, boolean switchedOff, boolean vectorModule, int lanes, String architecture) {
  /** Where the JVM has no machine code for vectors, it tells of shorter ones and is very slow. */
  private static final int MIN_LANES = 4;

  /** Those of this process, {@code yuqiao.kernels=off} being the switch. */
  static KernelPrerequisites here(boolean cpu) {
    boolean vectorModule = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return new KernelPrerequisites(
        cpu,
        "off".equals(System.getProperty("yuqiao.kernels")),
        vectorModule,
        vectorModule ? SimdMath.COUNT : 0,
        System.getProperty("os.arch"));
  }

  /** What is lacking, in words for people; empty when the kernels can be used. */
  Optional<String> lacking() {
    if (!cpu) {
      return Optional.of("the device is a GPU");
    }
    if (switchedOff) {
      return Optional.of("yuqiao.kernels is off");
    }
    if (!vectorModule) {
      return Optional.of("the JVM was started without --add-modules jdk.incubator.vector");
    }
    return lanes < MIN_LANES
        ? Optional.of("the JVM knows no vectors of this processor, " + architecture)
        : Optional.empty();
  }
}
