package org.yuqiao.backend.tensor;

import org.nd4j.linalg.factory.Nd4j;

/** The device that ND4J computes on: the CPU or a GPU, as its backend on the class path decides. */
public final class Device {
  private Device() {}

  /** Whether ND4J computes on the CPU. The first call loads ND4J, which takes half a second. */
  public static boolean isCpu() {
    return Nd4j.getExecutioner().getClass().getSimpleName().startsWith("Native");
  }
}
