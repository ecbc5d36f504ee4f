package org.yuqiao.backend.kernel;

import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.CustomOp;
import org.yuqiao.backend.tensor.Tensor;

/** Computes one op for float32 on the CPU. Its only state are settings of the op. */
public interface Kernel {
  /** The shapes of the outputs. */
  long[][] outputShapes(long[][] inputs);

  /**
   * Computes {@code out} from {@code in}. Outputs share memory with inputs only by {@link #inPlace}
   * and {@link #overwrites}.
   *
   * @param workspace without leases of other kernels
   */
  void run(Tensor[] in, Tensor[] out, Workspace workspace);

  /** Whether all outputs equal the last input, so that nothing is computed or copied. */
  default boolean passesLastInputOn() {
    return false;
  }

  /** Whether the first output is the memory of the first input, in another shape or changed. */
  default boolean inPlace() {
    return false;
  }

  /**
   * Whether the first output may be written over input {@code index} when that has its shape and no
   * later reader. Such a kernel reads an element before it writes it.
   */
  default boolean overwrites(int index) {
    return false;
  }

  /** Whether the kernel supports these inputs; if not, ND4J runs the op. */
  default boolean suits(Tensor[] in) {
    return true;
  }

  /** The position of the first query: input {@code index} when decoding, else 0. */
  static int firstPosition(Tensor[] in, int index) {
    return in.length > index ? in[index].ints()[0] : 0;
  }

  /** The kernel of a custom op, which knows its output shapes. */
  static Kernel of(CustomOp op, Computation computation) {
    return of(op, Set.of(), computation);
  }

  /** The same for a kernel that may overwrite the inputs {@code overwritten}. */
  static Kernel of(CustomOp op, Set<Integer> overwritten, Computation computation) {
    return new Kernel() {
      @Override
      public long[][] outputShapes(long[][] inputs) {
        return op.outputShapes(inputs);
      }

      @Override
      public void run(Tensor[] in, Tensor[] out, Workspace workspace) {
        computation.run(in, out, workspace);
      }

      @Override
      public boolean inPlace() {
        return op.inPlace();
      }

      @Override
      public boolean overwrites(int index) {
        return overwritten.contains(index);
      }
    };
  }

  /** The computation of a kernel. */
  @FunctionalInterface
  interface Computation {
    void run(Tensor[] in, Tensor[] out, Workspace workspace);
  }

  /** Creates the kernel of an op. */
  @FunctionalInterface
  interface Factory {
    Kernel create(DifferentialFunction op);
  }
}
