package org.yuqiao.backend.runtime;

import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.kernel.ElementwiseKernel;
import org.yuqiao.backend.kernel.Kernel;
import org.yuqiao.backend.tensor.Tensor;

/** The gradient of z = x y for equal shapes: dx = dz y, dy = dz x. */
record MultiplyGradientKernel() implements Kernel {
  @Override
  public long[][] outputShapes(long[][] inputs) {
    return new long[][] {inputs[0], inputs[1]};
  }

  @Override
  public void run(Tensor[] in, Tensor[] out, Workspace workspace) {
    for (int i = 0; i < 2; i++) {
      Tensor[] operands = {in[2], in[1 - i]};
      ElementwiseKernel.multiply(operands, new Tensor[] {out[i]}, workspace);
    }
  }

  @Override
  public boolean suits(Tensor[] in) {
    return SameShapeKernel.haveOneShape(in);
  }
}
