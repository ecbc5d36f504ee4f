package org.yuqiao.backend.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.yuqiao.backend.compute.MachineFacts.OneDnnSupport;
import org.yuqiao.backend.simd.SimdMath;

class ComputeTest {
  private static final MachineFacts NO_VECTOR_MODULE =
      new MachineFacts(true, false, 0, "amd64", "1", () -> fail("oneDNN was loaded"));

  @ParameterizedTest
  @CsvSource({
    // cpu, lanes, architecture, OMP_NUM_THREADS, oneDNN, level, why not a higher one
    "true,  16, amd64,   1, AVX512_BF16,  BF16,   ",
    "true,  16, amd64,   1, AVX512_VNNI,  VNNI,   oneDNN finds no AVX512-BF16",
    "true,  16, amd64,   1, AVX512,       ONEDNN, oneDNN finds no AVX-512 VNNI",
    "true,  16, amd64,   1, BELOW_AVX512, VECTOR, oneDNN finds no AVX-512",
    "true,  16, aarch64, 1, NOT_LOADED,   VECTOR, oneDNN cannot be loaded",
    "true,  16, amd64,   2, AVX512_VNNI,  VECTOR, OMP_NUM_THREADS is not 1",
    "true,  16, amd64,  '', AVX512_VNNI,  VECTOR, OMP_NUM_THREADS is not 1",
    "true,   8, amd64,   1, AVX512_VNNI,  VECTOR, 'vectors have 8 lanes, not the 16 of AVX-512'",
    "true,   4, aarch64, 1, NOT_LOADED,   VECTOR, 'vectors have 4 lanes, not the 16 of AVX-512'",
    // Java 17 has no vector instructions for a RISC-V processor: it then reports two lanes.
    "true,   2, riscv64, 1, NOT_LOADED,   ND4J,"
        + " 'the JVM has no vector instructions for this processor, riscv64'",
    "false, 16, amd64,   1, AVX512_VNNI,  ND4J,   the device is a GPU",
  })
  void theMachineLimitsTheLevel(
      boolean cpu,
      int lanes,
      String architecture,
      String ompNumThreads,
      OneDnnSupport oneDnn,
      ComputeLevel level,
      String limit) {
    MachineFacts facts =
        new MachineFacts(cpu, true, lanes, architecture, ompNumThreads, () -> oneDnn);
    assertEquals(
        new Compute(level, Optional.ofNullable(limit)), Compute.of(facts, ComputeLevel.BF16));
  }

  @Test
  void withoutTheVectorModuleNothingElseIsLookedAt() {
    Compute compute = Compute.of(NO_VECTOR_MODULE, ComputeLevel.BF16);
    assertEquals(ComputeLevel.ND4J, compute.level());
    assertEquals(
        "ND4J's own ops (the JVM was started without --add-modules jdk.incubator.vector)",
        compute.description());
  }

  @ParameterizedTest
  @EnumSource
  void thePropertyLimitsTheLevel(ComputeLevel requested) {
    MachineFacts facts =
        new MachineFacts(true, true, 16, "amd64", "1", () -> OneDnnSupport.AVX512_BF16);
    Compute compute = Compute.of(facts, requested);
    assertEquals(requested, compute.level());
    assertEquals(requested == ComputeLevel.BF16, compute.limit().isEmpty());
    compute.limit().ifPresent(limit -> assertEquals("yuqiao.compute is " + requested.key(), limit));
  }

  @Test
  void oneDnnIsNotLoadedWhereItIsNotRequested() {
    MachineFacts facts =
        new MachineFacts(true, true, 16, "amd64", "1", () -> fail("oneDNN was loaded"));
    assertEquals(ComputeLevel.VECTOR, Compute.of(facts, ComputeLevel.VECTOR).level());
  }

  @Test
  void aLevelIncludesThoseBelowIt() {
    Compute oneDnn = new Compute(ComputeLevel.ONEDNN, Optional.empty());
    assertTrue(oneDnn.usesKernels() && oneDnn.usesOneDnn());
    assertFalse(oneDnn.usesVnni());
    assertFalse(new Compute(ComputeLevel.ND4J, Optional.empty()).usesKernels());
  }

  @Test
  void levelsAreNamedInLowerCase() {
    assertEquals(Optional.of(ComputeLevel.ONEDNN), ComputeLevel.of("onednn"));
    assertEquals(Optional.empty(), ComputeLevel.of("int8"));
  }

  @Test
  void thisProcessHasTheVectorModule() {
    MachineFacts here = MachineFacts.here();
    assertTrue(here.vectorModule());
    assertEquals(SimdMath.LANES, here.lanes());
  }

  /** A machine with AVX-512, VNNI or BF16 uses it, unless the property forbids it. */
  @ParameterizedTest
  @EnumSource
  void theMachineIsUsedFully(ComputeLevel level) {
    RequiredLevel.require(level);
    assertTrue(Compute.here().level().compareTo(level) >= 0);
  }
}
