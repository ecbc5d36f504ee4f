package org.yuqiao.backend.op.recurrent;

import static org.nd4j.linalg.ops.transforms.Transforms.sigmoid;
import static org.yuqiao.backend.op.recurrent.RecurrenceOp.at;
import static org.yuqiao.backend.op.recurrent.RecurrenceOp.put;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.op.CustomOp;
import org.yuqiao.backend.op.GradientOp;

/**
 * The recurrence of the simpler simple recurrent unit (Kim et al. 2019, section 3.1): c_t = g_t
 * c_(t-1) + (1 - g_t) x_t with g = sigmoid(f), elementwise; x, f and c {@code [B, T, D]}, the state
 * before them {@code [B, 1, D]} or zeros.
 */
public final class SsruOp extends CustomOp {
  private SsruOp(SameDiff graph, SDVariable... args) {
    super(graph, 1, args);
  }

  @Override
  public String opName() {
    return "yuqiao_ssru";
  }

  /** All positions, from a state of zeros. */
  public static SDVariable of(SDVariable x, SDVariable forget) {
    return new SsruOp(x.getSameDiff(), x, forget).outputVariable();
  }

  /** Positions that follow the state {@code before}, for decoding. */
  public static SDVariable of(SDVariable x, SDVariable forget, SDVariable before) {
    return new SsruOp(x.getSameDiff(), x, forget, before).outputVariable();
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    return new long[][] {in[0]};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    INDArray state = in.length > 2 ? at(in[2], 0) : at(in[0], 0).mul(0);
    for (int t = 0; t < in[0].size(1); t++) {
      INDArray x = at(in[0], t);
      state = state.sub(x).muli(sigmoid(at(in[1], t))).addi(x);
      put(out[0], t, state);
    }
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable[] args = args();
    if (args.length > 2) {
      throw new UnsupportedOperationException("a state to begin with is used in decoding only");
    }
    return List.of(
        new Gradient(sameDiff, args[0], args[1], outputVariable(), gradients.get(0))
            .outputVariables());
  }

  /** Backpropagation through time. Inputs: x, f, c and dc; outputs: dx and df. */
  public static final class Gradient extends GradientOp {
    Gradient(SameDiff graph, SDVariable... args) {
      super(graph, 2, args);
    }

    @Override
    public String opName() {
      return "yuqiao_ssru_bp";
    }

    @Override
    public long[][] outputShapes(long[][] in) {
      return new long[][] {in[0], in[0]};
    }

    @Override
    public void reference(INDArray[] in, INDArray[] out) {
      INDArray later = at(in[0], 0).mul(0);
      for (int t = (int) in[0].size(1) - 1; t >= 0; t--) {
        INDArray gate = sigmoid(at(in[1], t));
        INDArray rest = gate.rsub(1);
        INDArray gradient = at(in[3], t).addi(later);
        INDArray x = at(in[0], t);
        INDArray change = t > 0 ? at(in[2], t - 1).subi(x) : x.neg();
        put(out[0], t, gradient.mul(rest));
        put(out[1], t, change.muli(gradient).muli(gate).muli(rest));
        later = gradient.muli(gate);
      }
    }
  }
}
