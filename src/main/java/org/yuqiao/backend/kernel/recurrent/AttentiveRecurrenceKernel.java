package org.yuqiao.backend.kernel.recurrent;

import static org.yuqiao.backend.kernel.recurrent.RecurrenceKernel.addInputGradient;
import static org.yuqiao.backend.kernel.recurrent.RecurrenceKernel.weightGradient;

import org.yuqiao.backend.gemm.NativeMatrix;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.kernel.AttentionKernel;
import org.yuqiao.backend.op.recurrent.AttentiveRecurrenceOp;
import org.yuqiao.backend.tensor.Tensor;

/** {@link AttentiveRecurrenceOp} and its gradient: GEMMs for all rows of a position at once. */
public final class AttentiveRecurrenceKernel {
  private AttentiveRecurrenceKernel() {}

  /**
   * in = input, U, C, W_a, v, keys, memory, mask, h (, c); out = result, weights, tape, queries,
   * the cell's input.
   */
  public static void forward(
      AttentiveRecurrenceOp op, Tensor[] in, Tensor[] out, Workspace workspace) {
    int width = in[1].dim(0);
    int length = in[0].dim(1);
    CellKernel step = CellKernel.of(op.cell());
    CellRow row = new CellRow(op.cell(), width, workspace);
    AdditiveAttention attention = new AdditiveAttention(in[4], in[5], in[6].width(), workspace);
    RecurrentStates states = RecurrentStates.of(op.cell(), width, out[0], out[2], in, 8);
    float[] copy = workspace.lease(out[4].width());
    for (int t = 0; t < length; t++) {
      int last = t == 0 ? RecurrentStates.NONE : t - 1;
      states.multiply(last, in[3], out[3], t, workspace);
      states.multiply(last, in[1], out[2], t, workspace);
      attend(attention, in, out, t);
      addContexts(in, out, t, copy, workspace);
      for (int b = 0; b < in[0].dim(0); b++) {
        int at = b * length + t;
        states.read(row, b, last);
        row.read(out[4], b * out[4].width(), row.input, op.cell().blocks());
        states.readRecurrent(row, b, last, t);
        step.forward(row);
        out[0].write(at * out[0].width(), row.h, 0, width);
        row.write(out[2], at * out[2].width(), row.tape, op.cell().tapeBlocks());
      }
    }
  }

  /** Weights and contexts of position {@code t}. */
  private static void attend(AdditiveAttention attention, Tensor[] in, Tensor[] out, int t) {
    int columns = in[6].width();
    for (int b = 0; b < in[0].dim(0); b++) {
      int at = b * in[0].dim(1) + t;
      out[3].read(at * out[3].width(), attention.query, 0, out[3].width());
      attention.attend(b, in[6], in[7]);
      out[1].write(at * out[1].width(), attention.weights, 0, out[1].width());
      out[0].write((at + 1) * out[0].width() - columns, attention.context, 0, columns);
    }
  }

  /** The cell's input: x W + b + c C. */
  private static void addContexts(
      Tensor[] in, Tensor[] out, int t, float[] copy, Workspace workspace) {
    Tensor input = out[4];
    for (int b = 0; b < input.dim(0); b++) {
      in[0].read((b * in[0].dim(1) + t) * input.width(), copy, 0, input.width());
      input.write(b * input.width(), copy, 0, input.width());
    }
    NativeMatrix contexts = contexts(out[0], in[6].width(), t);
    NativeMatrix weight = NativeMatrix.of(in[2]);
    workspace.gemm().multiply(contexts, weight, RecurrentStates.position(input, 0), 1, 1);
  }

  /** The last columns of the result of all sentences at position {@code t}. */
  private static NativeMatrix contexts(Tensor result, int columns, int t) {
    long start = (long) (t + 1) * result.width() - columns;
    int stride = result.dim(1) * result.width();
    return new NativeMatrix(result.address(start), result.dim(0), columns, stride);
  }

  /**
   * in = U, C, W_a, v, keys, memory, result, weights, tape, queries, dresult, h (, c); out =
   * dinput, dU, dC, dW_a, dv, dkeys, dmemory, dh, dc, dcontexts, dqueries, h before, d(h U).
   */
  public static void backward(
      AttentiveRecurrenceOp.Gradient op, Tensor[] in, Tensor[] out, Workspace workspace) {
    Tensor tape = in[8];
    int width = in[0].dim(0);
    int length = in[6].dim(1);
    CellKernel step = CellKernel.of(op.cell());
    CellRow row = new CellRow(op.cell(), width, workspace);
    AdditiveAttention attention = new AdditiveAttention(in[3], in[4], in[5].width(), workspace);
    RecurrentStates states = RecurrentStates.of(op.cell(), width, in[6], tape, in, 11);
    for (int cleared : new int[] {5, 7, 8}) {
      out[cleared].clear();
    }
    for (int t = length - 1; t >= 0; t--) {
      for (int b = 0; b < in[6].dim(0); b++) {
        int at = b * length + t;
        states.read(row, b, t == 0 ? RecurrentStates.NONE : t - 1);
        out[11].write(at * width, row.h, 0, width);
        row.readGradients(in[10], at * in[10].width(), out[7], out[8], b);
        row.read(tape, at * tape.width(), row.tape, op.cell().tapeBlocks());
        step.backward(row);
        row.write(out[0], at * out[0].width(), row.input, op.cell().blocks());
        row.write(out[12], at * out[12].width(), row.recurrent, op.cell().blocks());
        row.writeGradients(out[7], out[8], b);
      }
      attendBackward(attention, in, out, t, workspace);
      NativeMatrix dh = RecurrentStates.position(out[7], 0);
      addInputGradient(RecurrentStates.position(out[12], t), in[0], dh, workspace);
      addInputGradient(RecurrentStates.position(out[10], t), in[2], dh, workspace);
    }
    attention.writeEnergyGradient(out[4]);
    weightGradients(in, out, workspace);
  }

  /** The gradients of contexts, queries and keys of position {@code t}. */
  private static void attendBackward(
      AdditiveAttention attention, Tensor[] in, Tensor[] out, int t, Workspace workspace) {
    int columns = in[5].width();
    int rows = in[6].dim(0);
    for (int b = 0; b < rows; b++) {
      int at = b * in[6].dim(1) + t;
      in[10].read((at + 1) * in[10].width() - columns, attention.context, 0, columns);
      out[9].write(at * columns, attention.context, 0, columns);
    }
    NativeMatrix dContexts = RecurrentStates.position(out[9], t);
    addInputGradient(RecurrentStates.position(out[0], t), in[1], dContexts, workspace);
    for (int b = 0; b < rows; b++) {
      int at = b * in[6].dim(1) + t;
      in[9].read(at * in[9].width(), attention.query, 0, in[9].width());
      in[7].read(at * in[7].width(), attention.weights, 0, in[7].width());
      out[9].read(at * columns, attention.context, 0, columns);
      attention.backward(b, in[5], out[5]);
      out[10].write(at * out[10].width(), attention.queryGradient, 0, out[10].width());
    }
  }

  /** The gradients of U, C, W_a and of the memory, over all positions at once. */
  private static void weightGradients(Tensor[] in, Tensor[] out, Workspace workspace) {
    NativeMatrix before = NativeMatrix.of(out[11]);
    weightGradient(before, out[12], out[1], workspace);
    weightGradient(before, out[10], out[3], workspace);
    int columns = in[5].width();
    Tensor result = in[6];
    NativeMatrix contexts =
        new NativeMatrix(
            result.address(result.width() - columns), result.rows(), columns, result.width());
    weightGradient(contexts, out[0], out[2], workspace);
    Tensor[] attended = {in[7], in[5], out[9]};
    AttentionKernel.valuesBackward(attended, out[6], workspace);
  }
}
