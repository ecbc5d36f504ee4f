package org.yuqiao.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.optimizer.AdamKernel;
import org.yuqiao.backend.optimizer.AdamStep;
import org.yuqiao.backend.optimizer.Nd4jAdamStep;
import org.yuqiao.backend.runtime.KernelSession;
import org.yuqiao.backend.runtime.Nd4jSession;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.ParameterBuffer;

/** Where the kernels are used, where they stand aside, and what is said then. */
class BackendTest {
  private static final KernelPrerequisites ALL =
      new KernelPrerequisites(true, false, true, 16, "amd64");
  private static final KernelPrerequisites GPU =
      new KernelPrerequisites(false, false, true, 16, "amd64");
  private static final KernelPrerequisites OFF =
      new KernelPrerequisites(true, true, true, 16, "amd64");
  private static final AdamStep.Hyperparameters ADAM =
      new AdamStep.Hyperparameters(0.9, 0.98, 1e-9, 0);

  /** The session that {@code backend} makes for y = 2 x. */
  private static Session session(Backend backend, DataType type) {
    ParameterBuffer parameters = ParameterBuffer.zeros(Map.of("x", new long[] {2, 3}), type);
    SameDiff graph = SameDiff.create();
    SDVariable y = graph.var("x", type, 2, 3).mul(2);
    return backend.session(graph, List.of(y.name()), parameters);
  }

  @Test
  void kernelsAreUsedForFloatsOnTheCpu() {
    Backend backend = new Backend(2, ALL);
    try (Session session = session(backend, DataType.FLOAT)) {
      assertInstanceOf(KernelSession.class, session);
    }
    assertInstanceOf(AdamKernel.class, backend.adam(ADAM, DataType.FLOAT));
    assertEquals(2, backend.threads());
    assertTrue(backend.description().contains("vector kernels of " + SimdMath.COUNT + " lanes"));
  }

  @Test
  void otherTypesAreLeftToNd4j() {
    Backend backend = new Backend(2, ALL);
    try (Session session = session(backend, DataType.DOUBLE)) {
      assertInstanceOf(Nd4jSession.class, session);
    }
    assertInstanceOf(Nd4jAdamStep.class, backend.adam(ADAM, DataType.DOUBLE));
  }

  @Test
  void onGpusEverythingIsLeftToNd4jAndToOneThread() {
    Backend backend = new Backend(2, GPU);
    try (Session session = session(backend, DataType.FLOAT)) {
      assertInstanceOf(Nd4jSession.class, session);
    }
    assertInstanceOf(Nd4jAdamStep.class, backend.adam(ADAM, DataType.FLOAT));
    assertEquals(1, backend.threads());
    assertTrue(
        backend.description().endsWith("stock operations (the device is a GPU), 1 thread"),
        backend.description());
  }

  @Test
  void theSwitchLeavesTheThreads() {
    Backend backend = new Backend(2, OFF);
    try (Session session = session(backend, DataType.FLOAT)) {
      assertInstanceOf(Nd4jSession.class, session);
    }
    assertEquals(2, backend.threads());
    assertTrue(
        backend.description().endsWith("stock operations (yuqiao.kernels is off), 2 threads"),
        backend.description());
  }

  @Test
  void whatIsLackingIsSaid() {
    assertEquals(Optional.empty(), ALL.lacking());
    assertEquals(
        Optional.of("the JVM was started without --add-modules jdk.incubator.vector"),
        new KernelPrerequisites(true, false, false, 0, "amd64").lacking());
    // Java 17 has no machine code for the vectors of a RISC-V processor: it then tells of two
    // lanes.
    assertEquals(
        Optional.of("the JVM knows no vectors of this processor, riscv64"),
        new KernelPrerequisites(true, false, true, 2, "riscv64").lacking());
    assertEquals(
        Optional.empty(), new KernelPrerequisites(true, false, true, 4, "aarch64").lacking());
  }

  @Test
  void thisProcessHasTheVectorModule() {
    KernelPrerequisites here = KernelPrerequisites.here(true);
    assertTrue(here.vectorModule());
    assertEquals(SimdMath.COUNT, here.lanes());
  }
}
