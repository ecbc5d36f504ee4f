package org.yuqiao.backend;

import org.yuqiao.backend.Scratch.Matrix;

/**
 * {@link LinearOp} and its gradient on the BLAS, which reads and writes the arrays where they are;
 * {@link AddVectorOp}.
 */
final class LinearKernel {
  private LinearKernel() {}

  /** y = x W + b: y is filled with b first, then the product is added. */
  static void forward(boolean transposed, Tensor[] in, Tensor y, Scratch scratch) {
    Tensor x = in[0];
    int columns = y.width();
    float beta = 0;
    if (in.length == 3) {
      float[] bias = scratch.array(0, columns);
      in[2].read(0, bias, 0, columns);
      for (int i = 0; i < y.size(); i += columns) {
        y.write(i, bias, 0, columns);
      }
      beta = 1;
    }
    scratch.multiply(
        Matrix.of(x.address(0), x.width()),
        new Matrix(in[1].address(0), in[1].width(), transposed),
        Matrix.of(y.address(0), columns),
        x.rows(),
        columns,
        x.width(),
        1,
        beta);
  }

  /** dx = dy W', dW = x' dy, db = column sums of dy. */
  static void backward(boolean transposed, Tensor[] in, Tensor[] out, Scratch scratch) {
    Tensor x = in[0];
    Tensor weight = in[1];
    Tensor dy = in[2];
    int rows = x.rows();
    int inner = x.width();
    int columns = dy.width();
    Matrix plainDy = Matrix.of(dy.address(0), columns);
    Matrix dx = Matrix.of(out[0].address(0), inner);
    Matrix w = new Matrix(weight.address(0), weight.width(), !transposed);
    scratch.multiply(plainDy, w, dx, rows, inner, columns, 1, 0);
    Matrix dw = Matrix.of(out[1].address(0), weight.width());
    if (transposed) {
      Matrix dyT = Matrix.transposed(dy.address(0), columns);
      Matrix plainX = Matrix.of(x.address(0), inner);
      scratch.multiply(dyT, plainX, dw, columns, inner, rows, 1, 0);
    } else {
      Matrix xT = Matrix.transposed(x.address(0), inner);
      scratch.multiply(xT, plainDy, dw, inner, columns, rows, 1, 0);
    }
    if (out.length == 3) {
      sumColumns(dy, out[2], scratch);
    }
  }

  /** y = x + v at every row. */
  static void addVector(Tensor[] in, Tensor y, Scratch scratch) {
    int columns = y.width();
    float[] v = scratch.cleared(0, columns);
    float[] row = scratch.array(1, columns);
    in[1].read(0, v, 0, columns);
    for (int i = 0; i < y.size(); i += columns) {
      in[0].read(i, row, 0, columns);
      for (int c = 0; c < columns; c += Lanes.COUNT) {
        Lanes.load(row, c).add(Lanes.load(v, c)).intoArray(row, c);
      }
      y.write(i, row, 0, columns);
    }
  }

  static void sumColumns(Tensor matrix, Tensor sums, Scratch scratch) {
    int columns = matrix.width();
    float[] total = scratch.cleared(0, columns);
    float[] row = scratch.array(1, columns);
    for (int i = 0; i < matrix.size(); i += columns) {
      matrix.read(i, row, 0, columns);
      for (int c = 0; c < columns; c += Lanes.COUNT) {
        Lanes.load(total, c).add(Lanes.load(row, c)).intoArray(total, c);
      }
    }
    sums.write(0, total, 0, columns);
  }
}
