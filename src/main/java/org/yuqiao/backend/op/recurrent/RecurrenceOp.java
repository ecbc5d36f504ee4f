package org.yuqiao.backend.op.recurrent;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.op.CustomOp;
import org.yuqiao.backend.op.GradientOp;

/**
 * A recurrent layer over whole sequences: input x W + b {@code [B, T, G H]}, U {@code [H, G H]},
 * mask {@code [B, T]}, initial h (and c, LSTM) {@code [B, 1, H]} or zeros; result h {@code [B, T,
 * H]}.
 *
 * <p>Where the mask is 0 the state does not change: a forward layer carries the sentence's last
 * state through the padding, a reverse layer starts at the sentence's end.
 *
 * <p>ND4J's own gruCell, lstmCell and lstmBlock have no gradient, those of gru and lstmLayer are
 * wrong (Nd4jDefectsTest).
 */
public final class RecurrenceOp extends CustomOp {
  private final RecurrentCell cell;
  private final boolean reverse;

  private RecurrenceOp(SameDiff graph, RecurrentCell cell, boolean reverse, SDVariable... args) {
    super(graph, 2, args);
    this.cell = cell;
    this.reverse = reverse;
  }

  @Override
  public String opName() {
    return "yuqiao_recurrence";
  }

  /** Reads forward or in reverse, from zero states. */
  public static SDVariable of(
      RecurrentCell cell, SDVariable input, SDVariable weight, SDVariable mask, boolean reverse) {
    SameDiff graph = input.getSameDiff();
    return new RecurrenceOp(graph, cell, reverse, input, weight, mask).outputVariables()[0];
  }

  /** Reads forward from an initial state. */
  public static SDVariable of(
      RecurrentCell cell,
      SDVariable input,
      SDVariable weight,
      SDVariable mask,
      RecurrentState initial) {
    SDVariable[] args = append(initial.args(), input, weight, mask);
    return new RecurrenceOp(input.getSameDiff(), cell, false, args).outputVariables()[0];
  }

  /** {@code first}, then {@code last}. */
  static SDVariable[] append(SDVariable[] last, SDVariable... first) {
    SDVariable[] all = Arrays.copyOf(first, first.length + last.length);
    System.arraycopy(last, 0, all, first.length, last.length);
    return all;
  }

  public RecurrentCell cell() {
    return cell;
  }

  public boolean reverse() {
    return reverse;
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    long width = in[1][0];
    return new long[][] {
      {in[0][0], in[0][1], width}, {in[0][0], in[0][1], cell.tapeBlocks() * width}
    };
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    INDArray zeros = Nd4j.zeros(out[0].dataType(), out[0].size(0), out[0].size(2));
    RecurrentCell.State state =
        new RecurrentCell.State(
            in.length > 3 ? at(in[3], 0) : zeros, in.length > 4 ? at(in[4], 0) : zeros);
    for (int k = 0; k < in[0].size(1); k++) {
      int t = reverse ? (int) in[0].size(1) - 1 - k : k;
      RecurrentCell.Stepped stepped = cell.step(at(in[0], t), state.h().mmul(in[1]), state);
      INDArray visible = in[2].getColumn(t, true).dup();
      state =
          new RecurrentCell.State(
              choose(visible, stepped.state().h(), state.h()),
              choose(visible, stepped.state().c(), state.c()));
      put(out[0], t, state.h());
      INDArray tape = stepped.tape();
      if (cell.hasMemory()) {
        long width = out[0].size(2);
        tape.get(all(), interval(4 * width, 5 * width)).assign(state.c());
      }
      put(out[1], t, tape);
    }
  }

  /** Rows of {@code a} where {@code visible} {@code [B, 1]} is 1, of {@code b} where it is 0. */
  private static INDArray choose(INDArray visible, INDArray a, INDArray b) {
    return a.mulColumnVector(visible).addi(b.mulColumnVector(visible.rsub(1)));
  }

  /** Position {@code t} of x {@code [B, T, D]}: {@code [B, D]}, a copy. */
  static INDArray at(INDArray x, int t) {
    return x.get(all(), point(t), all()).dup('c').reshape(x.size(0), x.size(2));
  }

  /** Sets position {@code t} of x {@code [B, T, D]}. */
  static void put(INDArray x, int t, INDArray value) {
    x.get(all(), point(t), all()).assign(value.reshape(x.size(0), x.size(2)));
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable[] args = args();
    SDVariable[] outputs = outputVariables();
    SDVariable[] initial = Arrays.copyOfRange(args, 3, args.length);
    SDVariable[] given =
        append(initial, args[1], args[2], outputs[0], outputs[1], gradients.get(0));
    SDVariable[] found = new Gradient(sameDiff, cell, reverse, given).outputVariables();
    return List.of(found[0], found[1], args[2], found[2], found[3]).subList(0, args.length);
  }

  /**
   * Backpropagation through time.
   *
   * <p>Inputs: U, mask, h, tape, dh, and the initial h (and c). Outputs: the gradients of x W + b,
   * U, and the initial h and c; then, for GEMMs over all positions at once, the previous states
   * {@code [B, T, H]} and the gradients of h U {@code [B, T, G H]}.
   */
  public static final class Gradient extends GradientOp {
    private final RecurrentCell cell;
    private final boolean reverse;

    Gradient(SameDiff graph, RecurrentCell cell, boolean reverse, SDVariable... args) {
      super(graph, 6, args);
      this.cell = cell;
      this.reverse = reverse;
    }

    @Override
    public String opName() {
      return "yuqiao_recurrence_bp";
    }

    public RecurrentCell cell() {
      return cell;
    }

    public boolean reverse() {
      return reverse;
    }

    @Override
    public long[][] outputShapes(long[][] in) {
      long[] states = in[2];
      long[] input = {states[0], states[1], in[0][1]};
      long[] initial = {states[0], 1, states[2]};
      return new long[][] {input, in[0], initial, initial, states, input};
    }

    @Override
    public void reference(INDArray[] in, INDArray[] out) {
      int length = (int) in[2].size(1);
      INDArray zeros = at(in[2], 0).mul(0);
      RecurrentCell.State gradient = new RecurrentCell.State(zeros, zeros);
      for (int k = length - 1; k >= 0; k--) {
        int t = reverse ? length - 1 - k : k;
        RecurrentCell.State before = before(in, k, t, zeros);
        INDArray dh = gradient.h().add(at(in[4], t));
        INDArray visible = in[1].getColumn(t, true).dup();
        RecurrentCell.State masked =
            new RecurrentCell.State(
                dh.mulColumnVector(visible), gradient.c().mulColumnVector(visible));
        RecurrentCell.Gradients found = cell.stepBackward(at(in[3], t), before, masked);
        put(out[0], t, found.input());
        put(out[4], t, before.h());
        put(out[5], t, found.recurrent());
        out[1].addi(before.h().transpose().mmul(found.recurrent()));
        INDArray through = found.recurrent().mmul(in[0].transpose());
        gradient =
            new RecurrentCell.State(
                found.before().h().add(through).add(dh.sub(masked.h())),
                found.before().c().add(gradient.c().sub(masked.c())));
      }
      put(out[2], 0, gradient.h());
      put(out[3], 0, gradient.c());
    }

    private RecurrentCell.State before(INDArray[] in, int k, int t, INDArray zeros) {
      if (k == 0) {
        return new RecurrentCell.State(
            in.length > 5 ? at(in[5], 0) : zeros, in.length > 6 ? at(in[6], 0) : zeros);
      }
      int previous = reverse ? t + 1 : t - 1;
      INDArray c = cell.hasMemory() ? RecurrentCell.block(at(in[3], previous), 4, 5) : zeros;
      return new RecurrentCell.State(at(in[2], previous), c);
    }
  }
}
