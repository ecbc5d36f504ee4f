package org.yuqiao.backend.op;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The affine map y = x W + b: x {@code [.., I]}, W {@code [I, O]} (or {@code [O, I]} when
 * transposed, as for tied weights), b {@code [O]} or absent, y {@code [.., O]}.
 *
 * <p>ND4J's own matmul requires equal ranks; its xw_plus_b does not train.
 */
public final class LinearOp extends CustomOp {
  private final boolean transposed;

  private LinearOp(SameDiff graph, boolean transposed, SDVariable... args) {
    super(graph, 1, args);
    this.transposed = transposed;
  }

  @Override
  public String opName() {
    return "yuqiao_linear";
  }

  /** y = x W + b. */
  public static SDVariable of(SDVariable x, SDVariable weight, SDVariable bias) {
    return new LinearOp(x.getSameDiff(), false, x, weight, bias).outputVariable();
  }

  /** y = x W. */
  public static SDVariable of(SDVariable x, SDVariable weight) {
    return new LinearOp(x.getSameDiff(), false, x, weight).outputVariable();
  }

  /** y = x E&#x1D40; with E {@code [O, I]}: the dot product of x with every row of E. */
  public static SDVariable againstRows(SDVariable x, SDVariable rows) {
    return new LinearOp(x.getSameDiff(), true, x, rows).outputVariable();
  }

  /** y = x E&#x1D40; + b with E {@code [O, I]}. */
  public static SDVariable againstRows(SDVariable x, SDVariable rows, SDVariable bias) {
    return new LinearOp(x.getSameDiff(), true, x, rows, bias).outputVariable();
  }

  public boolean transposed() {
    return transposed;
  }

  @Override
  public long[][] outputShapes(long[][] inputs) {
    long[] shape = inputs[0].clone();
    shape[shape.length - 1] = inputs[1][transposed ? 0 : 1];
    return new long[][] {shape};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    INDArray weight = transposed ? in[1].transpose() : in[1];
    INDArray y = rows(in[0]).mmul(weight);
    if (in.length == 3) {
      y = y.addRowVector(in[2]);
    }
    rows(out[0]).assign(y);
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable[] args = args();
    Gradient gradient =
        new Gradient(sameDiff, transposed, args.length == 3, args[0], args[1], gradients.get(0));
    return new ArrayList<>(List.of(gradient.outputVariables()));
  }

  /** dx = dy W&#x1D40;, dW = x&#x1D40; dy, db = column sums of dy. */
  public static final class Gradient extends GradientOp {
    private final boolean transposed;

    Gradient(SameDiff graph, boolean transposed, boolean bias, SDVariable... args) {
      super(graph, bias ? 3 : 2, args);
      this.transposed = transposed;
    }

    @Override
    public String opName() {
      return "yuqiao_linear_bp";
    }

    public boolean transposed() {
      return transposed;
    }

    @Override
    public long[][] outputShapes(long[][] in) {
      long[] bias = {in[1][transposed ? 0 : 1]};
      return getNumOutputs() == 3 ? new long[][] {in[0], in[1], bias} : new long[][] {in[0], in[1]};
    }

    @Override
    public void reference(INDArray[] in, INDArray[] out) {
      INDArray x = rows(in[0]);
      INDArray dy = rows(in[2]);
      rows(out[0]).assign(dy.mmul(transposed ? in[1] : in[1].transpose()));
      out[1].assign(transposed ? dy.transpose().mmul(x) : x.transpose().mmul(dy));
      if (out.length == 3) {
        out[2].assign(dy.sum(0));
      }
    }
  }
}
