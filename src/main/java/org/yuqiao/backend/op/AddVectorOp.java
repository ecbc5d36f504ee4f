package org.yuqiao.backend.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adds a vector at every position: y = x + v, x {@code [.., D]}, v {@code [D]}.
 *
 * <p>One op instead of a broadcast, whose ND4J gradient needs a reduction of its own.
 */
public final class AddVectorOp extends CustomOp {
  private AddVectorOp(SameDiff graph, SDVariable... args) {
    super(graph, 1, args);
  }

  @Override
  public String opName() {
    return "yuqiao_add_vector";
  }

  /** x + v. */
  public static SDVariable of(SDVariable x, SDVariable v) {
    return new AddVectorOp(x.getSameDiff(), x, v).outputVariable();
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    return new long[][] {in[0]};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    rows(out[0]).assign(rows(in[0]).addRowVector(in[1]));
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable d = gradients.get(0);
    return List.of(d, new Gradient(sameDiff, d).outputVariable());
  }

  /** dv = the sum of dy over all positions. */
  public static final class Gradient extends GradientOp {
    Gradient(SameDiff graph, SDVariable... args) {
      super(graph, 1, args);
    }

    @Override
    public String opName() {
      return "yuqiao_add_vector_bp";
    }

    @Override
    public long[][] outputShapes(long[][] in) {
      return new long[][] {{in[0][in[0].length - 1]}};
    }

    @Override
    public void reference(INDArray[] in, INDArray[] out) {
      out[0].assign(rows(in[0]).sum(0));
    }
  }
}
