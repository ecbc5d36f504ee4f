package org.yuqiao.backend.kernel.recurrent;

import java.util.Arrays;
import org.yuqiao.backend.gemm.NativeMatrix;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.recurrent.RecurrenceOp;
import org.yuqiao.backend.op.recurrent.RecurrentCell;
import org.yuqiao.backend.tensor.Tensor;

/**
 * {@link RecurrenceOp} and its gradient: one GEMM a position for all rows and blocks, in place (the
 * rows of a position are T rows apart), and the cell row by row.
 */
public final class RecurrenceKernel {
  private RecurrenceKernel() {}

  /** The position read as number {@code k}. */
  private static int position(boolean reverse, int k, int length) {
    if (k < 0) {
      return RecurrentStates.NONE;
    }
    return reverse ? length - 1 - k : k;
  }

  /** in = input, U, mask (, h (, c)); out = h, tape. */
  public static void forward(RecurrenceOp op, Tensor[] in, Tensor[] out, Workspace workspace) {
    Tensor h = out[0];
    Tensor tape = out[1];
    int length = h.dim(1);
    CellKernel step = CellKernel.of(op.cell());
    CellRow row = new CellRow(op.cell(), h.width(), workspace);
    RecurrentStates states = RecurrentStates.of(op.cell(), h.width(), h, tape, in, 3);
    for (int k = 0; k < length; k++) {
      int t = position(op.reverse(), k, length);
      int last = position(op.reverse(), k - 1, length);
      states.multiply(last, in[1], tape, t, workspace);
      for (int b = 0; b < h.dim(0); b++) {
        int at = b * length + t;
        states.read(row, b, last);
        if (in[2].get(at) != 0) {
          row.read(in[0], at * in[0].width(), row.input, op.cell().blocks());
          states.readRecurrent(row, b, last, t);
          step.forward(row);
        } else {
          keep(op.cell(), row);
        }
        h.write(at * h.width(), row.h, 0, h.width());
        row.write(tape, at * tape.width(), row.tape, op.cell().tapeBlocks());
      }
    }
  }

  /** A padded position: the state stays, the tape holds zeros and c. */
  private static void keep(RecurrentCell cell, CellRow row) {
    Arrays.fill(row.tape, 0, cell.tapeBlocks() * row.stride, 0f);
    if (cell.hasMemory()) {
      System.arraycopy(row.c, 0, row.tape, (cell.tapeBlocks() - 1) * row.stride, row.stride);
    }
  }

  /** in = U, mask, h, tape, dh (, h (, c)); out = dinput, dU, dh, dc, h before, d(h U). */
  public static void backward(
      RecurrenceOp.Gradient op, Tensor[] in, Tensor[] out, Workspace workspace) {
    Tensor h = in[2];
    Tensor tape = in[3];
    int width = h.width();
    int length = h.dim(1);
    CellKernel step = CellKernel.of(op.cell());
    CellRow row = new CellRow(op.cell(), width, workspace);
    RecurrentStates states = RecurrentStates.of(op.cell(), width, h, tape, in, 5);
    out[2].clear();
    out[3].clear();
    for (int k = length - 1; k >= 0; k--) {
      int t = position(op.reverse(), k, length);
      int last = position(op.reverse(), k - 1, length);
      for (int b = 0; b < h.dim(0); b++) {
        int at = b * length + t;
        states.read(row, b, last);
        out[4].write(at * width, row.h, 0, width);
        row.readGradients(in[4], at * width, out[2], out[3], b);
        if (in[1].get(at) != 0) {
          row.read(tape, at * tape.width(), row.tape, op.cell().tapeBlocks());
          step.backward(row);
        } else {
          Arrays.fill(row.input, 0f);
          Arrays.fill(row.recurrent, 0f);
        }
        row.write(out[0], at * out[0].width(), row.input, op.cell().blocks());
        row.write(out[5], at * out[5].width(), row.recurrent, op.cell().blocks());
        row.writeGradients(out[2], out[3], b);
      }
      NativeMatrix gradient = RecurrentStates.position(out[5], t);
      addInputGradient(gradient, in[0], RecurrentStates.position(out[2], 0), workspace);
    }
    weightGradient(NativeMatrix.of(out[4]), out[5], out[1], workspace);
  }

  /** dx += dy W'. */
  static void addInputGradient(
      NativeMatrix dy, Tensor weight, NativeMatrix dx, Workspace workspace) {
    workspace.gemm().multiply(dy, NativeMatrix.of(weight).transpose(), dx, 1, 1);
  }

  /** dW = x' dy over all positions. */
  static void weightGradient(NativeMatrix x, Tensor dy, Tensor dw, Workspace workspace) {
    workspace.gemm().multiply(x.transpose(), NativeMatrix.of(dy), NativeMatrix.of(dw), 1, 0);
  }
}
