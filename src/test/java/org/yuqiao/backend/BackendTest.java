package org.yuqiao.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.compute.Compute;
import org.yuqiao.backend.compute.ComputeLevel;
import org.yuqiao.backend.compute.MatmulPrecision;
import org.yuqiao.backend.optimizer.AdamKernel;
import org.yuqiao.backend.optimizer.AdamStep;
import org.yuqiao.backend.optimizer.Nd4jAdamStep;
import org.yuqiao.backend.runtime.KernelSession;
import org.yuqiao.backend.runtime.Nd4jSession;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.files.InvalidInputException;

/** Which session and optimizer step a backend makes, and how it describes itself. */
class BackendTest {
  private static final Compute ALL = new Compute(ComputeLevel.VNNI, Optional.empty());
  private static final Compute GPU =
      new Compute(ComputeLevel.ND4J, Optional.of("the device is a GPU"));
  private static final Compute OFF =
      new Compute(ComputeLevel.ND4J, Optional.of("yuqiao.compute is nd4j"));
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
    Backend backend = new Backend(2, ALL, true);
    try (Session session = session(backend, DataType.FLOAT)) {
      assertInstanceOf(KernelSession.class, session);
    }
    assertInstanceOf(AdamKernel.class, backend.adam(ADAM, DataType.FLOAT));
    assertEquals(2, backend.threads());
    assertTrue(backend.description().contains("vector kernels of " + SimdMath.LANES + " lanes"));
  }

  @Test
  void bfloat16IsRefusedWithoutTheInstructions() {
    Backend backend = new Backend(1, ALL, true);
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () -> backend.withMatmulPrecision(MatmulPrecision.BFLOAT16));
    assertEquals(
        "train.matmulPrecision: bfloat16 needs a processor with AVX512-BF16; here compute vector"
            + " kernels and oneDNN with VNNI",
        e.getMessage());
  }

  @Test
  void autoTakesBfloat16WhereTheProcessorHasIt() {
    Compute newer = new Compute(ComputeLevel.BF16, Optional.empty());
    assertTrue(description(newer, MatmulPrecision.AUTO).contains("oneDNN in bfloat16, 1 thread"));
    assertTrue(description(ALL, MatmulPrecision.AUTO).contains("oneDNN, 1 thread"));
    assertTrue(description(newer, MatmulPrecision.FLOAT32).contains("oneDNN, 1 thread"));
  }

  private static String description(Compute compute, MatmulPrecision precision) {
    return new Backend(1, compute, true).withMatmulPrecision(precision).description();
  }

  @Test
  void otherTypesAreLeftToNd4j() {
    Backend backend = new Backend(2, ALL, true);
    try (Session session = session(backend, DataType.DOUBLE)) {
      assertInstanceOf(Nd4jSession.class, session);
    }
    assertInstanceOf(Nd4jAdamStep.class, backend.adam(ADAM, DataType.DOUBLE));
  }

  @Test
  void onGpusEverythingIsLeftToNd4jAndToOneThread() {
    Backend backend = new Backend(2, GPU, false);
    try (Session session = session(backend, DataType.FLOAT)) {
      assertInstanceOf(Nd4jSession.class, session);
    }
    assertInstanceOf(Nd4jAdamStep.class, backend.adam(ADAM, DataType.FLOAT));
    assertEquals(1, backend.threads());
    assertTrue(
        backend.description().endsWith("ND4J's own ops (the device is a GPU), 1 thread"),
        backend.description());
  }

  @Test
  void theLevelNd4jKeepsTheThreads() {
    Backend backend = new Backend(2, OFF, true);
    try (Session session = session(backend, DataType.FLOAT)) {
      assertInstanceOf(Nd4jSession.class, session);
    }
    assertEquals(2, backend.threads());
    assertTrue(
        backend.description().endsWith("ND4J's own ops (yuqiao.compute is nd4j), 2 threads"),
        backend.description());
  }
}
