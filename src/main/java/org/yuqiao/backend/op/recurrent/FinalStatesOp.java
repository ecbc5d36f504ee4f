package org.yuqiao.backend.op.recurrent;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.yuqiao.backend.op.CustomOp;
import org.yuqiao.backend.op.GradientOp;

/**
 * The final states of a bidirectional layer: {@code [B, T, D]} to {@code [B, 1, D]}. The left half
 * of the columns, forward direction, comes from the last position, the right half from the first.
 *
 * <p>{@link RecurrenceOp} keeps states unchanged at padding, so that the last position is final.
 */
public final class FinalStatesOp extends CustomOp {
  private FinalStatesOp(SameDiff graph, SDVariable... args) {
    super(graph, 1, args);
  }

  @Override
  public String opName() {
    return "yuqiao_final_states";
  }

  /** The final states of both directions. */
  public static SDVariable of(SDVariable x) {
    return new FinalStatesOp(x.getSameDiff(), x).outputVariable();
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    return new long[][] {{in[0][0], 1, in[0][2]}};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    for (int half = 0; half < 2; half++) {
      out[0].get(half(out[0], half, 0)).assign(in[0].get(half(in[0], half, last(in[0], half))));
    }
  }

  private static long last(INDArray x, int half) {
    return half == 0 ? x.size(1) - 1 : 0;
  }

  private static INDArrayIndex[] half(INDArray x, int half, long position) {
    long width = x.size(2) / 2;
    return new INDArrayIndex[] {all(), point(position), interval(half * width, (half + 1) * width)};
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    return List.of(new Gradient(sameDiff, args()[0], gradients.get(0)).outputVariable());
  }

  /** The gradient of each half at the position it was read from, 0 elsewhere. */
  public static final class Gradient extends GradientOp {
    Gradient(SameDiff graph, SDVariable... args) {
      super(graph, 1, args);
    }

    @Override
    public String opName() {
      return "yuqiao_final_states_bp";
    }

    @Override
    public long[][] outputShapes(long[][] in) {
      return new long[][] {in[0]};
    }

    @Override
    public void reference(INDArray[] in, INDArray[] out) {
      for (int half = 0; half < 2; half++) {
        INDArray target = out[0].get(half(out[0], half, last(out[0], half)));
        target.assign(in[1].get(half(in[1], half, 0)));
      }
    }
  }
}
