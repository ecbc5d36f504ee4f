package org.yuqiao.backend.op;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;

/**
 * What a bidirectional layer knows when it has read all: {@code [B, T, D]}, the left half of the
 * columns being of the direction that reads from the left, to {@code [B, 1, D]}, the left half
 * taken from the last position and the right half from the first. {@link RecurrenceOp} sees to it
 * that padding does not matter.
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
      out[0].get(places(out[0], half, 0)).assign(in[0].get(places(in[0], half, last(in[0], half))));
    }
  }

  private static long last(INDArray x, int half) {
    return half == 0 ? x.size(1) - 1 : 0;
  }

  private static INDArrayIndex[] places(INDArray x, int half, long position) {
    long width = x.size(2) / 2;
    return new INDArrayIndex[] {all(), point(position), interval(half * width, (half + 1) * width)};
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    return List.of(new Gradient(sameDiff, args()[0], gradients.get(0)).outputVariable());
  }

  /** Each half goes back to where it came from. */
  public static final class Gradient extends CustomOp {
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
        INDArray place = out[0].get(places(out[0], half, last(out[0], half)));
        place.assign(in[1].get(places(in[1], half, 0)));
      }
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
      throw noSecondDerivative();
    }
  }
}
