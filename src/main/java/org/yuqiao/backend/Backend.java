package org.yuqiao.backend;

import java.util.Collection;
import java.util.Locale;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.compute.Compute;
import org.yuqiao.backend.compute.MatmulPrecision;
import org.yuqiao.backend.optimizer.AdamKernel;
import org.yuqiao.backend.optimizer.AdamStep;
import org.yuqiao.backend.optimizer.Nd4jAdamStep;
import org.yuqiao.backend.runtime.KernelSession;
import org.yuqiao.backend.runtime.Nd4jSession;
import org.yuqiao.backend.session.InferenceWeights;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Device;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.files.InvalidInputException;

/**
 * Makes the sessions that run graphs and the optimizer's step, for a number of threads. float32 on
 * the CPU runs on kernels, everything else on ND4J's own ops; {@link Compute} decides.
 */
public final class Backend {
  /** More threads, each with sessions of its own, only cost memory. */
  public static final int MAX_THREADS = 1024;

  private final int threads;
  private final Compute compute;
  private final MatmulPrecision precision;

  /**
   * Sets ND4J up.
   *
   * @param threads how many threads train or translate side by side, each with its own session
   */
  public Backend(int threads) {
    this(threads, Compute.here(), Device.isCpu());
  }

  Backend(int threads, Compute compute, boolean cpu) {
    this(compute, cpu ? threads : 1, MatmulPrecision.FLOAT32);
    limitArrays();
    // With kernels each of our threads calls the BLAS for itself; BLAS threads below them would
    // only compete for the same cores.
    openblas.blas_set_num_threads(compute.usesKernels() ? 1 : threads);
  }

  private Backend(Compute compute, int threads, MatmulPrecision precision) {
    this.compute = compute;
    this.threads = threads;
    this.precision = precision;
  }

  /** This backend with another precision of large matmuls, in sessions whose weights change. */
  public Backend withMatmulPrecision(MatmulPrecision wanted) {
    require(wanted);
    boolean rounds = wanted != MatmulPrecision.FLOAT32 && compute.usesBfloat16();
    return new Backend(
        compute, threads, rounds ? MatmulPrecision.BFLOAT16 : MatmulPrecision.FLOAT32);
  }

  /**
   * Requires instructions for large matmuls of that precision.
   *
   * @throws InvalidInputException when the machine has none
   */
  public void require(MatmulPrecision wanted) {
    InvalidInputException.require(
        wanted != MatmulPrecision.BFLOAT16 || compute.usesBfloat16(),
        "train.matmulPrecision: bfloat16 needs a processor with AVX512-BF16; here compute "
            + compute.description());
  }

  /** Starts to load ND4J and oneDNN in the background, which takes half a second. */
  public static void prepare() {
    Thread thread = new Thread(Compute::here, "nd4j");
    thread.setDaemon(true);
    thread.start();
  }

  private boolean usesKernels(DataType type) {
    return compute.usesKernels() && type == DataType.FLOAT;
  }

  /**
   * Limits ND4J's arrays to the system property {@code yuqiao.arrays}, in MiB. JavaCPP's own limits
   * do not see them, since libnd4j allocates them; without a limit only the kernel would stop us.
   */
  private static void limitArrays() {
    long megabytes = Long.getLong("yuqiao.arrays", 0);
    if (megabytes > 0) {
      Nd4j.getEnvironment().setDeviceLimit(0, megabytes << 20);
    }
  }

  /** The number of sessions to run side by side. */
  public int threads() {
    return threads;
  }

  /** One line for people and for provenance: ND4J's backend, what computes, threads. */
  public String description() {
    return String.format(
        Locale.ROOT,
        "%s, %s, %d thread%s",
        Nd4j.getBackend().getClass().getSimpleName(),
        compute.usesKernels() ? ofKernels() : compute.description(),
        threads,
        threads == 1 ? "" : "s");
  }

  private String ofKernels() {
    return String.format(
        Locale.ROOT,
        "vector kernels of %d lanes, large matmuls by %s%s",
        SimdMath.LANES,
        compute.usesOneDnn() ? "oneDNN" : "OpenBLAS",
        precision == MatmulPrecision.BFLOAT16 ? " in bfloat16" : "");
  }

  /** An inference session with {@code weights}, which many sessions may share. */
  public Session session(SameDiff graph, Collection<String> outputs, InferenceWeights weights) {
    return usesKernels(weights.type())
        ? new KernelSession(graph, outputs, weights)
        : new Nd4jSession(graph, outputs, weights.parameters());
  }

  /** A session whose weights are {@code parameters}, which may change between runs. */
  public Session session(SameDiff graph, Collection<String> outputs, ParameterBuffer parameters) {
    return usesKernels(parameters.flat().dataType())
        ? new KernelSession(graph, outputs, parameters, precision)
        : new Nd4jSession(graph, outputs, parameters);
  }

  /** The optimizer's step over arrays of {@code type}, for one thread. */
  public AdamStep adam(AdamStep.Hyperparameters hyperparameters, DataType type) {
    return usesKernels(type) ? new AdamKernel(hyperparameters) : new Nd4jAdamStep(hyperparameters);
  }
}
