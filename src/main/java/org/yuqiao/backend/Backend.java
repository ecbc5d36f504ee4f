package org.yuqiao.backend;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.gemm.OneDnn;
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

/**
 * The device computing is done on and the number of threads. On the CPU sessions use kernels;
 * elsewhere, or when asked by the system property {@code yuqiao.kernels=off}, ND4J's own
 * operations.
 */
public final class Backend {
  private final int threads;
  private final Optional<String> withoutKernels;

  /**
   * Sets ND4J up.
   *
   * @param threads how many threads train or translate side by side, each with its own session
   */
  public Backend(int threads) {
    this(threads, KernelPrerequisites.here(Device.isCpu()));
  }

  Backend(int threads, KernelPrerequisites prerequisites) {
    this.withoutKernels = prerequisites.lacking();
    this.threads = prerequisites.cpu() ? threads : 1;
    limitArrays();
    // Each of our threads calls the BLAS for itself; more threads below them would only fight for
    // the same cores.
    openblas.blas_set_num_threads(kernels() ? 1 : threads);
  }

  /**
   * Begins to set ND4J up on a thread of its own, which takes half a second; whoever needs it waits
   * as long as need be.
   */
  public static void prepare() {
    Thread thread = new Thread(Device::isCpu, "nd4j");
    thread.setDaemon(true);
    thread.start();
  }

  private boolean kernels() {
    return withoutKernels.isEmpty();
  }

  private boolean kernels(DataType type) {
    return kernels() && type == DataType.FLOAT;
  }

  /**
   * Bounds the memory of ND4J's arrays to the mebibytes of the system property {@code
   * yuqiao.arrays}: javacpp's own limits do not see them (they are allocated by libnd4j), and
   * without a bound only the kernel would stop us.
   */
  private static void limitArrays() {
    long megabytes = Long.getLong("yuqiao.arrays", 0);
    if (megabytes > 0) {
      Nd4j.getEnvironment().setDeviceLimit(0, megabytes << 20);
    }
  }

  /** How many sessions to run side by side. */
  public int threads() {
    return threads;
  }

  /** What is in use, for people and for provenance. */
  public String description() {
    return String.format(
        Locale.ROOT,
        "%s, %s, %d thread%s",
        Nd4j.getBackend().getClass().getSimpleName(),
        withoutKernels
            .map(reason -> "stock operations (" + reason + ")")
            .orElseGet(Backend::ofKernels),
        threads,
        threads == 1 ? "" : "s");
  }

  private static String ofKernels() {
    String products = OneDnn.isUsed() ? "oneDNN" : "OpenBLAS";
    return "vector kernels of " + SimdMath.COUNT + " lanes, large products by " + products;
  }

  /** A session that translates with {@code weights}, which many sessions may share. */
  public Session session(SameDiff graph, Collection<String> outputs, InferenceWeights weights) {
    return kernels(weights.type())
        ? new KernelSession(graph, outputs, weights)
        : new Nd4jSession(graph, outputs, weights.parameters());
  }

  /** A session for {@code graph}. */
  public Session session(SameDiff graph, Collection<String> outputs, ParameterBuffer parameters) {
    return kernels(parameters.flat().dataType())
        ? new KernelSession(graph, outputs, parameters)
        : new Nd4jSession(graph, outputs, parameters);
  }

  /** The optimizer's step over arrays of {@code type}, for one thread. */
  public AdamStep adam(AdamStep.Hyperparameters hyperparameters, DataType type) {
    return kernels(type) ? new AdamKernel(hyperparameters) : new Nd4jAdamStep(hyperparameters);
  }
}
