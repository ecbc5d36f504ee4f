package org.yuqiao.backend.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.kernel.Kernel;
import org.yuqiao.backend.op.CustomOp;
import org.yuqiao.backend.tensor.Tensor;

/** Collects one kernel factory per op class. */
final class KernelRegistry {
  private final Map<Class<?>, Kernel.Factory> factories = new HashMap<>();

  /** A computation that reads settings of its op. */
  @FunctionalInterface
  interface ConfiguredComputation<T> {
    void run(T op, Tensor[] in, Tensor[] out, Workspace workspace);
  }

  /** A custom op whose kernel needs none of the op's settings. */
  <T extends CustomOp> void add(Class<T> type, Kernel.Computation computation) {
    register(type, op -> Kernel.of(op, computation));
  }

  /** A custom op whose kernel reads the op's settings. */
  <T extends CustomOp> void addConfigured(Class<T> type, ConfiguredComputation<T> computation) {
    addOverwriting(type, Set.of(), computation);
  }

  /** The same for a kernel that may write its first output over the inputs {@code overwritten}. */
  <T extends CustomOp> void addOverwriting(
      Class<T> type, Set<Integer> overwritten, ConfiguredComputation<T> computation) {
    register(
        type, op -> Kernel.of(op, overwritten, (in, out, ws) -> computation.run(op, in, out, ws)));
  }

  /** An op of ND4J's own. */
  <T extends DifferentialFunction> void addNd4j(Class<T> type, Function<T, Kernel> factory) {
    register(type, factory);
  }

  private <T extends DifferentialFunction> void register(
      Class<T> type, Function<T, Kernel> factory) {
    if (factories.put(type, op -> factory.apply(type.cast(op))) != null) {
      throw new IllegalStateException(type + " has two kernels");
    }
  }

  Map<Class<?>, Kernel.Factory> factories() {
    return Map.copyOf(factories);
  }
}
