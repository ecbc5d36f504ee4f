package org.yuqiao.backend.kernel;

import java.util.Optional;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.gemm.Workspace.Matrix;
import org.yuqiao.backend.op.AddVectorOp;
import org.yuqiao.backend.op.LinearOp;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;

/** {@link LinearOp} and its gradient; {@link AddVectorOp}. */
public final class LinearKernel {
  private LinearKernel() {}

  /**
   * A factor: all rows of a tensor.
   *
   * @param transposed whether its transpose is meant
   */
  private record Factor(Tensor tensor, boolean transposed) {}

  /** y = x W + b. */
  public static void forward(boolean transposed, Tensor[] in, Tensor y, Workspace workspace) {
    Optional<Tensor> bias = in.length == 3 ? Optional.of(in[2]) : Optional.empty();
    multiply(
        new Factor(in[0], false), new Factor(in[1], transposed), y, in[0].width(), bias, workspace);
  }

  /** dx = dy W', dW = x' dy, db = column sums of dy. */
  public static void backward(boolean transposed, Tensor[] in, Tensor[] out, Workspace workspace) {
    Tensor x = in[0];
    Tensor dy = in[2];
    Factor weight = new Factor(in[1], !transposed);
    multiply(new Factor(dy, false), weight, out[0], dy.width(), Optional.empty(), workspace);
    Factor left = new Factor(transposed ? dy : x, true);
    Factor right = new Factor(transposed ? x : dy, false);
    multiply(left, right, out[1], x.rows(), Optional.empty(), workspace);
    if (out.length == 3) {
      sumColumns(dy, out[2], workspace);
    }
  }

  /** c = a b, to whose rows the bias is added. */
  private static void multiply(
      Factor a, Factor b, Tensor c, int inner, Optional<Tensor> bias, Workspace workspace) {
    int rows = c.rows();
    int columns = c.width();
    bias.ifPresent(row -> fillRows(c, row, workspace));
    workspace.multiplyLarge(
        new Matrix(a.tensor().address(0), a.tensor().width(), a.transposed()),
        new Matrix(b.tensor().address(0), b.tensor().width(), b.transposed()),
        Matrix.of(c.address(0), columns),
        rows,
        columns,
        inner,
        bias.isPresent() ? 1 : 0);
  }

  private static void fillRows(Tensor matrix, Tensor row, Workspace workspace) {
    int columns = matrix.width();
    float[] values = workspace.array(0, columns);
    row.read(0, values, 0, columns);
    for (int i = 0; i < matrix.size(); i += columns) {
      matrix.write(i, values, 0, columns);
    }
  }

  /** y = x + v at every row. */
  public static void addVector(Tensor[] in, Tensor y, Workspace workspace) {
    int columns = y.width();
    float[] v = workspace.cleared(0, columns);
    float[] row = workspace.array(1, columns);
    in[1].read(0, v, 0, columns);
    for (int i = 0; i < y.size(); i += columns) {
      in[0].read(i, row, 0, columns);
      for (int c = 0; c < columns; c += SimdMath.COUNT) {
        SimdMath.load(row, c).add(SimdMath.load(v, c)).intoArray(row, c);
      }
      y.write(i, row, 0, columns);
    }
  }

  public static void sumColumns(Tensor matrix, Tensor sums, Workspace workspace) {
    int columns = matrix.width();
    float[] total = workspace.cleared(0, columns);
    float[] row = workspace.array(1, columns);
    for (int i = 0; i < matrix.size(); i += columns) {
      matrix.read(i, row, 0, columns);
      for (int c = 0; c < columns; c += SimdMath.COUNT) {
        SimdMath.load(total, c).add(SimdMath.load(row, c)).intoArray(total, c);
      }
    }
    sums.write(0, total, 0, columns);
  }
}
