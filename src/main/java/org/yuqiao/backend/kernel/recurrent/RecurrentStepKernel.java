package org.yuqiao.backend.kernel.recurrent;

import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.recurrent.RecurrentCell;
import org.yuqiao.backend.op.recurrent.RecurrentStepOp;
import org.yuqiao.backend.tensor.Tensor;

/** {@link RecurrentStepOp}, row by row. */
public final class RecurrentStepKernel {
  private RecurrentStepKernel() {}

  public static void forward(RecurrentStepOp op, Tensor[] in, Tensor[] out, Workspace workspace) {
    RecurrentCell cell = op.cell();
    CellKernel step = CellKernel.of(cell);
    int width = out[0].width();
    CellRow row = new CellRow(cell, width, workspace);
    for (int b = 0; b < out[0].dim(0); b++) {
      row.read(in[0], b * in[0].width(), row.input, cell.blocks());
      row.read(in[1], b * in[1].width(), row.recurrent, cell.blocks());
      in[2].read(b * width, row.h, 0, width);
      if (cell.hasMemory()) {
        in[3].read(b * width, row.c, 0, width);
      }
      step.forward(row);
      out[0].write(b * width, row.h, 0, width);
      if (cell.hasMemory()) {
        out[1].write(b * width, row.c, 0, width);
      }
    }
  }
}
