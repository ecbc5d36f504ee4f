package org.yuqiao.backend.op.recurrent;

import static org.yuqiao.backend.op.recurrent.RecurrenceOp.at;
import static org.yuqiao.backend.op.recurrent.RecurrenceOp.put;

import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.op.CustomOp;

/**
 * One step of a recurrent cell, for decoding: x W + b and h U {@code [B, 1, G H]} and the previous
 * h (and c) to the next, {@code [B, 1, H]} each.
 */
public final class RecurrentStepOp extends CustomOp {
  private final RecurrentCell cell;

  private RecurrentStepOp(SameDiff graph, RecurrentCell cell, SDVariable... args) {
    super(graph, cell.hasMemory() ? 2 : 1, args);
    this.cell = cell;
  }

  @Override
  public String opName() {
    return "yuqiao_recurrent_step";
  }

  /** The state after a step. */
  public static RecurrentState of(
      RecurrentCell cell, SDVariable input, SDVariable recurrent, RecurrentState before) {
    SDVariable[] args = RecurrenceOp.append(before.args(), input, recurrent);
    SDVariable[] outputs = new RecurrentStepOp(input.getSameDiff(), cell, args).outputVariables();
    return new RecurrentState(
        outputs[0], cell.hasMemory() ? Optional.of(outputs[1]) : Optional.empty());
  }

  public RecurrentCell cell() {
    return cell;
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    return cell.hasMemory() ? new long[][] {in[2], in[3]} : new long[][] {in[2]};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    INDArray h = at(in[2], 0);
    RecurrentCell.State before =
        new RecurrentCell.State(h, cell.hasMemory() ? at(in[3], 0) : h.mul(0));
    RecurrentCell.State after = cell.step(at(in[0], 0), at(in[1], 0), before).state();
    put(out[0], 0, after.h());
    if (cell.hasMemory()) {
      put(out[1], 0, after.c());
    }
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    throw new UnsupportedOperationException("used in decoding only");
  }
}
