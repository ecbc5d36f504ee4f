package org.yuqiao.backend.op.recurrent;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The kind of a recurrent network: its sizes and the reference of one step.
 *
 * <p>A cell combines x W + b and h U, each in G blocks of H columns; {@link LstmCell} and {@link
 * GruCell} define the blocks.
 */
public enum RecurrentCell {
  /**
   * Long short-term memory with a forget gate (Hochreiter and Schmidhuber 1997, Gers et al. 2000).
   */
  LSTM(4, 5) {
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
    public Stepped step(INDArray input, INDArray recurrent, State before) {
      return GruCell.step(input, recurrent, before);
    }

    @Override
    Gradients stepBackward(INDArray tape, State before, State gradient) {
      return GruCell.stepBackward(tape, before, gradient);
    }
  };

  private final int blocks;
  private final int tapeBlocks;

  RecurrentCell(int blocks, int tapeBlocks) {
    this.blocks = blocks;
    this.tapeBlocks = tapeBlocks;
  }

  /** G, the number of H-column blocks in the weight matrices. */
  public int blocks() {
    return blocks;
  }

  /** Whether the cell has a memory c beside its state h. */
  public boolean hasMemory() {
    return this == LSTM;
  }

  /** The number of H-column blocks a step saves for the backward pass; the last of LSTM is c. */
  public int tapeBlocks() {
    return tapeBlocks;
  }

  /** State h and memory c, or their gradients, {@code [B, H]} each; c is zeros without memory. */
  public record State(INDArray h, INDArray c) {}

  /** The state after a step, and the tape {@code [B, tapeBlocks H]} for the backward pass. */
  public record Stepped(State state, INDArray tape) {}

  /**
   * The gradients of a step.
   *
   * @param input of x W + b {@code [B, G H]}
   * @param recurrent of h U {@code [B, G H]}
   * @param before of the previous state, without the part through h U
   */
  record Gradients(INDArray input, INDArray recurrent, State before) {}

  /** One step of all rows: x W + b and h U {@code [B, G H]} to the next state. */
  public abstract Stepped step(INDArray input, INDArray recurrent, State before);

  /** The gradients of a step, given the gradient of the state it made. */
  abstract Gradients stepBackward(INDArray tape, State before, State gradient);

  /** Block {@code k} of {@code count} blocks side by side in {@code a}: a copy {@code [B, H]}. */
  static INDArray block(INDArray a, int k, int count) {
    long width = a.size(1) / count;
    return a.get(all(), interval(k * width, (k + 1) * width)).dup('c');
  }
}
