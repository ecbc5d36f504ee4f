package org.yuqiao.backend.op;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.kernel.recurrent.CellRow;
import org.yuqiao.backend.kernel.recurrent.GruCell;
import org.yuqiao.backend.kernel.recurrent.LstmCell;

/**
 * What a recurrent network computes from one position to the next. Each cell adds what it makes of
 * the input, x W + b, to what it makes of its state, h U, in G blocks of H columns; {@link
 * LstmCell} and {@link GruCell} say what the blocks are.
 */
public enum RecurrentCell {
  /**
   * Long short-term memory with a forget gate (Hochreiter and Schmidhuber 1997, Gers et al. 2000).
   */
  LSTM(4, 5) {
    @Override
    public void forward(CellRow row) {
      LstmCell.forward(row);
    }

    @Override
    public void backward(CellRow row) {
      LstmCell.backward(row);
    }

    @Override
    public Stepped step(INDArray input, INDArray recurrent, State before) {
      return LstmCell.step(input, recurrent, before);
    }

    @Override
    Gradients stepBackward(INDArray tape, State before, State gradient) {
      return LstmCell.stepBackward(tape, before, gradient);
    }
  },
  /** The gated recurrent unit (Cho et al. 2014). */
  GRU(3, 4) {
    @Override
    public void forward(CellRow row) {
      GruCell.forward(row);
    }

    @Override
    public void backward(CellRow row) {
      GruCell.backward(row);
    }

    @Override
    public Stepped step(INDArray input, INDArray recurrent, State before) {
      return GruCell.step(input, recurrent, before);
    }

    @Override
    Gradients stepBackward(INDArray tape, State before, State gradient) {
      return GruCell.stepBackward(tape, before, gradient);
    }
  };

  private final int blocks;
  private final int taped;

  RecurrentCell(int blocks, int taped) {
    this.blocks = blocks;
    this.taped = taped;
  }

  /** G: the blocks of columns that the cell's matrices have. */
  public int blocks() {
    return blocks;
  }

  /** Whether the cell hands on a memory c beside its state h. */
  public boolean hasMemory() {
    return this == LSTM;
  }

  /**
   * The blocks of H columns that a step writes down for its gradient; the last one of LSTM is c.
   */
  public int taped() {
    return taped;
  }

  /**
   * What a cell hands on, or the gradient of it, {@code [B, H]} each; the memory of a cell that has
   * none is zeros.
   */
  public record State(INDArray h, INDArray c) {}

  /** A state and what the step writes down {@code [B, taped H]}. */
  public record Stepped(State state, INDArray tape) {}

  /**
   * The gradients of a step.
   *
   * @param input of x W + b {@code [B, G H]}
   * @param recurrent of h U {@code [B, G H]}
   * @param before of the state before, h U aside
   */
  public record Gradients(INDArray input, INDArray recurrent, State before) {}

  /** One step of the fast kernel, for one row. */
  public abstract void forward(CellRow row);

  /** Its gradient. */
  public abstract void backward(CellRow row);

  /** One step of the reference, for all rows. */
  public abstract Stepped step(INDArray input, INDArray recurrent, State before);

  /** Its gradient, given that of the state it made. */
  abstract Gradients stepBackward(INDArray tape, State before, State gradient);
}
