package org.yuqiao.model.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.AddOp;
import org.yuqiao.layers.base.NormPlacement;

/**
 * The residual connection around a sub-layer.
 *
 * @param input x, the input of the residual connection {@code [B, T, D]}
 * @param normBefore norm(x), which the sub-layer reads; empty with post-norm
 * @param sum x plus the sub-layer's output
 * @param normAfter norm of the sum; empty with pre-norm
 */
public record ResidualVariables(
    String input, Optional<String> normBefore, String sum, Optional<String> normAfter) {
  /** The residual connection {@code name} around a sub-layer whose output is {@code output}. */
  static ResidualVariables of(GraphOps ops, String name, String output, NormPlacement placement) {
    AddOp sum = ops.residual(output);
    Optional<String> norm = Optional.of(GraphOps.output(ops.norm(name + ".norm")));
    boolean before = placement == NormPlacement.PRE;
    return new ResidualVariables(
        GraphOps.input(sum, 0),
        before ? norm : Optional.empty(),
        GraphOps.output(sum),
        before ? Optional.empty() : norm);
  }

  /** What the sub-layer reads. */
  public String sublayerInput() {
    return normBefore.orElse(input);
  }

  /** What the next sub-layer gets. */
  public String output() {
    return normAfter.orElse(sum);
  }

  /** All names. */
  List<String> all() {
    List<String> all = new ArrayList<>(List.of(input, sum));
    normBefore.ifPresent(all::add);
    normAfter.ifPresent(all::add);
    return all;
  }
}
