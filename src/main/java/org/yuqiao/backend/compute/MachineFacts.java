package org.yuqiao.backend.compute;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Device;

/**
 * The facts about machine, JVM and environment that {@link Compute} decides by.
 *
 * @param cpu whether ND4J computes on the CPU
 * @param vectorModule whether the JVM has the module {@code jdk.incubator.vector}
 * @param lanes float32 values in the longest vector that the JVM has instructions for
 * @param architecture of the processor, as the JVM names it
 * @param ompNumThreads the environment variable OMP_NUM_THREADS; empty when it is not set
 * @param oneDnn what oneDNN can use here; asked only where the rest allows oneDNN, for that loads
 *     it
 */
record MachineFacts(
    boolean cpu,
    boolean vectorModule,
    int lanes,
    String architecture,
    String ompNumThreads,
    Supplier<OneDnnSupport> oneDnn) {

  /** The instructions that oneDNN makes use of. */
  enum OneDnnSupport {
    /** oneDNN has no native library for this platform. */
    NOT_LOADED,
    BELOW_AVX512,
    AVX512,
    AVX512_VNNI,
    AVX512_BF16
  }

  /** A JVM without vector instructions reports a shorter preferred vector and is very slow. */
  private static final int MIN_LANES = 4;

  private static final int AVX512_LANES = 16;

  /** The facts of this process. */
  static MachineFacts here() {
    boolean vectorModule = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return new MachineFacts(
        Device.isCpu(),
        vectorModule,
        vectorModule ? SimdMath.LANES : 0,
        System.getProperty("os.arch"),
        Objects.requireNonNullElse(System.getenv("OMP_NUM_THREADS"), ""),
        MachineFacts::loadOneDnn);
  }

  private static OneDnnSupport loadOneDnn() {
    try {
      Loader.load(dnnl.class);
    } catch (LinkageError e) {
      return OneDnnSupport.NOT_LOADED;
    }
    int isa = dnnl.dnnl_get_effective_cpu_isa();
    if (includes(isa, dnnl.dnnl_cpu_isa_avx512_core_bf16)) {
      return OneDnnSupport.AVX512_BF16;
    }
    if (includes(isa, dnnl.dnnl_cpu_isa_avx512_core_vnni)) {
      return OneDnnSupport.AVX512_VNNI;
    }
    return includes(isa, dnnl.dnnl_cpu_isa_avx512_core)
        ? OneDnnSupport.AVX512
        : OneDnnSupport.BELOW_AVX512;
  }

  private static boolean includes(int isa, int subset) {
    return (isa & subset) == subset;
  }

  /** What {@code level} needs beyond the level before it and does not find here, for people. */
  Optional<String> lackingFor(ComputeLevel level) {
    return switch (level) {
      case ND4J -> Optional.empty();
      case VECTOR -> lackingForVectors();
      case ONEDNN -> lackingForOneDnn();
      case VNNI ->
          oneDnn.get().compareTo(OneDnnSupport.AVX512_VNNI) >= 0
              ? Optional.empty()
              : Optional.of("oneDNN finds no AVX-512 VNNI");
      case BF16 ->
          oneDnn.get() == OneDnnSupport.AVX512_BF16
              ? Optional.empty()
              : Optional.of("oneDNN finds no AVX512-BF16");
    };
  }

  private Optional<String> lackingForVectors() {
    if (!cpu) {
      return Optional.of("the device is a GPU");
    }
    if (!vectorModule) {
      return Optional.of("the JVM was started without --add-modules jdk.incubator.vector");
    }
    return lanes < MIN_LANES
        ? Optional.of("the JVM has no vector instructions for this processor, " + architecture)
        : Optional.empty();
  }

  /**
   * oneDNN was measured with AVX-512 only, where it is faster than OpenBLAS and a row's result does
   * not depend on the rows beside it. Without OMP_NUM_THREADS=1 each of our threads would get a
   * team of OpenMP threads below it.
   */
  private Optional<String> lackingForOneDnn() {
    if (lanes != AVX512_LANES) {
      return Optional.of("vectors have " + lanes + " lanes, not the 16 of AVX-512");
    }
    if (!ompNumThreads.equals("1")) {
      return Optional.of("OMP_NUM_THREADS is not 1");
    }
    return switch (oneDnn.get()) {
      case NOT_LOADED -> Optional.of("oneDNN cannot be loaded");
      case BELOW_AVX512 -> Optional.of("oneDNN finds no AVX-512");
      case AVX512, AVX512_VNNI, AVX512_BF16 -> Optional.empty();
    };
  }
}
