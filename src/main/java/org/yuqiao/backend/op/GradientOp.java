package org.yuqiao.backend.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** An op that computes a gradient and has none itself. */
public abstract class GradientOp extends CustomOp {
  protected GradientOp(SameDiff graph, int outputs, SDVariable... args) {
    super(graph, outputs, args);
  }

  @Override
  public final List<SDVariable> doDiff(List<SDVariable> gradients) {
    throw noSecondDerivative();
  }
}
