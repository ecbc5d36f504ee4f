package org.yuqiao.backend.kernel;

import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.CustomOp;
import org.yuqiao.backend.tensor.Tensor;

/**
 * A fast way to compute one op for FLOAT on the CPU. Kernels are stateless but for what they take
 * from the op.
 */
public interface Kernel {
  /** The shapes of the outputs. */
  long[][] outputShapes(long[][] inputs);

  /**
   * Fills {@code out} from {@code in}. Outputs share no memory with inputs but for {@link #inPlace}
   * and {@link #overwrites}.
   */
  void run(Tensor[] in, Tensor[] out, Workspace workspace);

  /** True when the outputs all equal the last input, so that nothing need be computed or copied. */
  default boolean passesLastInputOn() {
    return false;
  }

  /** True when the first output is the first input, perhaps in another shape or changed. */
  default boolean inPlace() {
    return false;
  }

  /**
   * Whether the first output may lie in the memory of input number {@code index}, where that has
   * its shape and nobody reads it afterwards. Such a kernel reads a piece before it writes it.
   */
  default boolean overwrites(int index) {
    return false;
  }

  /** Whether these inputs are what the kernel is made for; otherwise ND4J runs the op. */
  default boolean suits(Tensor[] in) {
    return true;
  }

  /** The position of the first query: input {@code index} when decoding, else 0. */
  static int firstPosition(Tensor[] in, int index) {
    return in.length > index ? in[index].ints()[0] : 0;
  }

  /** A kernel for an op of our own, which knows its shapes. */
  static Kernel of(CustomOp op, Computation computation) {
    return of(op, Set.of(), computation);
  }

  /** The same for one that may overwrite the inputs numbered {@code overwritten}. */
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

  /** What a kernel does. */
  @FunctionalInterface
  interface Computation {
    void run(Tensor[] in, Tensor[] out, Workspace workspace);
  }

  /** Makes the kernel for an op. */
  @FunctionalInterface
  interface Factory {
    Kernel create(DifferentialFunction op);
  }
}
