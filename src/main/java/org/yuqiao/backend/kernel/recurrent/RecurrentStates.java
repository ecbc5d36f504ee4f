package org.yuqiao.backend.kernel.recurrent;

import java.util.Arrays;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.gemm.Workspace.Matrix;
import org.yuqiao.backend.op.RecurrentCell;
import org.yuqiao.backend.tensor.Tensor;

/**
 * Where the states of a recurrent layer are: before the first position those it begins with, or
 * zeros; then h in the layer's result and c in its tape.
 *
 * @param cell the cell
 * @param width H
 * @param result rows {@code [B, T, ..]} of which the first H columns are h
 * @param tape rows {@code [B, T, taped H]}
 * @param initial h, or h and c, {@code [B, 1, H]} each, or nothing
 */
record RecurrentStates(
    RecurrentCell cell, int width, Tensor result, Tensor tape, Tensor[] initial) {
  /** Stands for the position before the first. */
  static final int NONE = -1;

  /** States that begin with the inputs {@code in} from number {@code first} on. */
  static RecurrentStates of(
      RecurrentCell cell, int width, Tensor result, Tensor tape, Tensor[] in, int first) {
    return new RecurrentStates(
        cell, width, result, tape, Arrays.copyOfRange(in, Math.min(first, in.length), in.length));
  }

  /** Whether there are other states than zeros after position {@code t}. */
  private boolean any(int t) {
    return t != NONE || initial.length > 0;
  }

  /** h of all sentences after position {@code t}, if there is {@link #any}. */
  private Matrix matrix(int t) {
    return t == NONE ? position(initial[0], 0) : position(result, t);
  }

  /**
   * h W of all sentences, h being that after position {@code last}, into position {@code t} of
   * {@code target}. In the tape, products with U stand where the step itself will write.
   */
  void multiply(int last, Tensor weight, Tensor target, int t, Workspace workspace) {
    if (any(last)) {
      Matrix w = Matrix.of(weight.address(0), weight.width());
      int rows = target.dim(0);
      workspace.multiply(matrix(last), w, position(target, t), rows, weight.width(), width, 1, 0);
    }
  }

  /** Reads what {@link #multiply} has left of sentence {@code b} in the tape. */
  void readProduct(CellRow row, int b, int last, int t) {
    if (any(last)) {
      row.read(tape, (b * tape.dim(1) + t) * tape.width(), row.recurrent, cell.blocks());
    } else {
      Arrays.fill(row.recurrent, 0f);
    }
  }

  /** The rows of all sentences at position {@code t} of x {@code [B, T, D]}. */
  static Matrix position(Tensor x, int t) {
    return Matrix.of(x.address((long) t * x.width()), x.dim(1) * x.width());
  }

  /** Reads the state of sentence {@code b} after position {@code t} into {@code row}. */
  void read(CellRow row, int b, int t) {
    int at = b * result.dim(1) + t;
    readBlock(row.h, 0, b, t == NONE ? NONE : at * result.width(), result);
    if (cell.hasMemory()) {
      int block = (cell.tapeBlocks() - 1) * width;
      readBlock(row.c, 1, b, t == NONE ? NONE : at * tape.width() + block, tape);
    }
  }

  private void readBlock(float[] into, int number, int b, int at, Tensor made) {
    if (at != NONE) {
      made.read(at, into, 0, width);
    } else if (initial.length > number) {
      initial[number].read(b * width, into, 0, width);
    } else {
      Arrays.fill(into, 0, width, 0f);
    }
  }
}
