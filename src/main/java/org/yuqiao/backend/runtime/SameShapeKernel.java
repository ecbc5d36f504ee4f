package org.yuqiao.backend.runtime;

import java.util.Arrays;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.kernel.Kernel;
import org.yuqiao.backend.tensor.Tensor;

/**
 * The kernel of an elementwise ND4J op without broadcasting: all inputs and the one output have the
 * same shape. ND4J itself runs the op where shapes differ.
 */
record SameShapeKernel(Kernel.Computation computation) implements Kernel {
  @Override
  public long[][] outputShapes(long[][] inputs) {
    return new long[][] {inputs[0]};
  }

  @Override
  public void run(Tensor[] in, Tensor[] out, Workspace workspace) {
    computation.run(in, out, workspace);
  }

  @Override
  public boolean overwrites(int index) {
    return true;
  }

  @Override
  public boolean suits(Tensor[] in) {
    return haveOneShape(in);
  }

  static boolean haveOneShape(Tensor[] in) {
    return Arrays.stream(in).allMatch(x -> Arrays.equals(x.shape(), in[0].shape()));
  }
}
