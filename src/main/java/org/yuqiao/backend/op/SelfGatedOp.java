package org.yuqiao.backend.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Self-gated activations y = x sigmoid(a x + b x^3).
 *
 * <p>With a = 1, b = 0 it is Swish (Ramachandran et al. 2017); with a = 2 sqrt(2 / pi), b =
 * 0.044715 a it is the tanh approximation of GELU, x Phi(x) (Hendrycks and Gimpel 2016, section 2),
 * for tanh(z) = 2 sigmoid(2z) - 1.
 */
public final class SelfGatedOp extends CustomOp {
  private static final double GELU = 2 * Math.sqrt(2 / Math.PI);

  private final double linear;
  private final double cubic;

  private SelfGatedOp(SameDiff graph, double linear, double cubic, SDVariable... args) {
    super(graph, 1, args);
    this.linear = linear;
    this.cubic = cubic;
  }

  @Override
  public String opName() {
    return "yuqiao_self_gated";
  }

  /** x sigmoid(x). */
  public static SDVariable swish(SDVariable x) {
    return new SelfGatedOp(x.getSameDiff(), 1, 0, x).outputVariable();
  }

  /** x Phi(x), to within 0.0005. */
  public static SDVariable gelu(SDVariable x) {
    return new SelfGatedOp(x.getSameDiff(), GELU, 0.044715 * GELU, x).outputVariable();
  }

  public double linear() {
    return linear;
  }

  public double cubic() {
    return cubic;
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    return new long[][] {in[0]};
  }

  private static INDArray gate(INDArray x, double linear, double cubic) {
    return Transforms.sigmoid(x.mul(linear).addi(x.mul(x).muli(x).muli(cubic)));
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    out[0].assign(gate(in[0], linear, cubic).muli(in[0]));
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    return List.of(
        new Gradient(sameDiff, linear, cubic, args()[0], gradients.get(0)).outputVariable());
  }

  /** With g the gate: dx = dy g (1 + x (1 - g) (a + 3 b x^2)). */
  public static final class Gradient extends GradientOp {
    private final double linear;
    private final double cubic;

    Gradient(SameDiff graph, double linear, double cubic, SDVariable... args) {
      super(graph, 1, args);
      this.linear = linear;
      this.cubic = cubic;
    }

    @Override
    public String opName() {
      return "yuqiao_self_gated_bp";
    }

    public double linear() {
      return linear;
    }

    public double cubic() {
      return cubic;
    }

    @Override
    public long[][] outputShapes(long[][] in) {
      return new long[][] {in[0]};
    }

    @Override
    public void reference(INDArray[] in, INDArray[] out) {
      INDArray x = in[0];
      INDArray g = gate(x, linear, cubic);
      INDArray slope = x.mul(x).muli(3 * cubic).addi(linear).muli(x).muli(g.rsub(1)).addi(1);
      out[0].assign(slope.muli(g).muli(in[1]));
    }
  }
}
