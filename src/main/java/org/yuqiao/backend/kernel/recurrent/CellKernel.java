package org.yuqiao.backend.kernel.recurrent;

import org.yuqiao.backend.op.recurrent.RecurrentCell;

/** One step of a recurrent cell for one row, and its gradient. */
interface CellKernel {
  /** Replaces the state of {@code row} by the next one and fills its tape. */
  void forward(CellRow row);

  /** Computes the gradients of a step from the tape and the gradient of the next state. */
  void backward(CellRow row);

  /** The kernel of a kind of cell. */
  static CellKernel of(RecurrentCell cell) {
    return switch (cell) {
      case LSTM -> new LstmKernel();
      case GRU -> new GruKernel();
    };
  }
}
