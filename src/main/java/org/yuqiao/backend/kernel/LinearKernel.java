package org.yuqiao.backend.kernel;

import java.util.Optional;
import org.yuqiao.backend.gemm.NativeMatrix;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.AddVectorOp;
import org.yuqiao.backend.op.LinearOp;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;

/** {@link LinearOp} and its gradient; {@link AddVectorOp}. */
public final class LinearKernel {
  private LinearKernel() {}

  private static NativeMatrix matrix(Tensor x, boolean transposed) {
    NativeMatrix matrix = NativeMatrix.of(x);
    return transposed ? matrix.transpose() : matrix;
  }

  /** y = x W + b. */
  public static void forward(boolean transposed, Tensor[] in, Tensor y, Workspace workspace) {
    Optional<Tensor> bias = in.length == 3 ? Optional.of(in[2]) : Optional.empty();
    bias.ifPresent(row -> fillRows(y, row, workspace));
    workspace
        .gemm()
        .multiplyLarge(
            NativeMatrix.of(in[0]),
            matrix(in[1], transposed),
            NativeMatrix.of(y),
            bias.isPresent() ? 1 : 0);
  }

  /** dx = dy W', dW = x' dy, db = column sums of dy. */
  public static void backward(boolean transposed, Tensor[] in, Tensor[] out, Workspace workspace) {
    NativeMatrix x = NativeMatrix.of(in[0]);
    NativeMatrix dy = NativeMatrix.of(in[2]);
    NativeMatrix dw = NativeMatrix.of(out[1]);
    NativeMatrix weight = matrix(in[1], !transposed);
    workspace.gemm().multiplyLarge(dy, weight, NativeMatrix.of(out[0]), 0);
    if (transposed) {
      workspace.gemm().multiplyLarge(dy.transpose(), x, dw, 0);
    } else {
      workspace.gemm().multiplyLarge(x.transpose(), dy, dw, 0);
    }
    if (out.length == 3) {
      sumRows(in[2], out[2], workspace);
    }
  }

  private static void fillRows(Tensor matrix, Tensor row, Workspace workspace) {
    int columns = matrix.width();
    float[] values = workspace.lease(columns);
    row.read(0, values, 0, columns);
    for (int i = 0; i < matrix.size(); i += columns) {
      matrix.write(i, values, 0, columns);
    }
  }

  /** y = x + v at every row. */
  public static void addVector(Tensor[] in, Tensor y, Workspace workspace) {
    int columns = y.width();
    float[] v = workspace.leaseZeros(columns);
    float[] row = workspace.lease(columns);
    in[1].read(0, v, 0, columns);
    for (int i = 0; i < y.size(); i += columns) {
      in[0].read(i, row, 0, columns);
      SimdMath.add(row, v, columns);
      y.write(i, row, 0, columns);
    }
  }

  /** The sum of all rows of {@code matrix}. */
  public static void sumRows(Tensor matrix, Tensor sum, Workspace workspace) {
    int columns = matrix.width();
    float[] total = workspace.leaseZeros(columns);
    float[] row = workspace.lease(columns);
    for (int i = 0; i < matrix.size(); i += columns) {
      matrix.read(i, row, 0, columns);
      SimdMath.add(total, row, columns);
    }
    sum.write(0, total, 0, columns);
  }
}
