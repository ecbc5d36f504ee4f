package org.yuqiao.backend.kernel.recurrent;

import java.util.Arrays;
import org.yuqiao.backend.gemm.NativeMatrix;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.recurrent.RecurrentCell;
import org.yuqiao.backend.tensor.Tensor;

/**
 * The states of a recurrent layer by position: before the first one the initial states, or zeros;
 * then h in the layer's result and c in its tape.
 *
 * @param width H
 * @param result rows {@code [B, T, ..]} whose first H columns are h
 * @param tape rows {@code [B, T, tapeBlocks H]}
 * @param initial h, or h and c, {@code [B, 1, H]} each, or none
 */
record RecurrentStates(
    RecurrentCell cell, int width, Tensor result, Tensor tape, Tensor[] initial) {
  /** The position before the first. */
  static final int NONE = -1;

  /** States whose initial ones are the inputs {@code in} from index {@code first} on. */
  static RecurrentStates of(
      RecurrentCell cell, int width, Tensor result, Tensor tape, Tensor[] in, int first) {
    return new RecurrentStates(
        cell, width, result, tape, Arrays.copyOfRange(in, Math.min(first, in.length), in.length));
  }

  /** Whether the states after position {@code t} are not zeros. */
  private boolean isNonZero(int t) {
    return t != NONE || initial.length > 0;
  }

  /** h of all sentences after position {@code t}, where it is {@link #isNonZero}. */
  private NativeMatrix matrix(int t) {
    return t == NONE ? position(initial[0], 0, width) : position(result, t, width);
  }

  /**
   * Writes h W of all sentences into position {@code t} of {@code target}, h being the state after
   * position {@code last}. The tape holds h U where the step later writes its own blocks.
   */
  void multiply(int last, Tensor weight, Tensor target, int t, Workspace workspace) {
    if (isNonZero(last)) {
      NativeMatrix result = position(target, t, weight.width());
      workspace.gemm().multiply(matrix(last), NativeMatrix.of(weight), result, 1, 0);
    }
  }

  /** Reads h U of sentence {@code b}, which {@link #multiply} has written into the tape. */
  void readRecurrent(CellRow row, int b, int last, int t) {
    if (isNonZero(last)) {
      row.read(tape, (b * tape.dim(1) + t) * tape.width(), row.recurrent, cell.blocks());
    } else {
      Arrays.fill(row.recurrent, 0f);
    }
  }

  /** The first columns of x {@code [B, T, D]} at position {@code t}: {@code [B, columns]}. */
  static NativeMatrix position(Tensor x, int t, int columns) {
    long start = (long) t * x.width();
    return new NativeMatrix(x.address(start), x.dim(0), columns, x.dim(1) * x.width());
  }

  /** All columns of x {@code [B, T, D]} at position {@code t}: {@code [B, D]}. */
  static NativeMatrix position(Tensor x, int t) {
    return position(x, t, x.width());
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

  private void readBlock(float[] into, int number, int b, int at, Tensor source) {
    if (at != NONE) {
      source.read(at, into, 0, width);
    } else if (initial.length > number) {
      initial[number].read(b * width, into, 0, width);
    } else {
      Arrays.fill(into, 0, width, 0f);
    }
  }
}
