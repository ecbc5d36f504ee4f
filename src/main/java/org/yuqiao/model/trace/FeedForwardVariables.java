package org.yuqiao.model.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.yuqiao.layers.FeedForwardType;
import org.yuqiao.model.ModelSettings;

/**
 * A feed-forward network with its residual connection.
 *
 * @param residual the connection around it
 * @param hidden x W1 + b1 {@code [B, T, F]}
 * @param activated its activation {@code [B, T, F]}
 * @param gate x V + c of a gated network {@code [B, T, F]}
 * @param gated the input of the second matmul {@code [B, T, F]}
 * @param output {@code [B, T, D]}
 */
public record FeedForwardVariables(
    ResidualVariables residual,
    String hidden,
    String activated,
    Optional<String> gate,
    String gated,
    String output) {

  /** The network {@code name}, as "encoder.0.feedForward". */
  static FeedForwardVariables of(GraphOps ops, String name, ModelSettings settings) {
    boolean isGated = settings.feedForwardType() == FeedForwardType.GATED;
    DifferentialFunction out = ops.linear(name + ".out.weight");
    String gated = GraphOps.input(out, 0);
    String output = GraphOps.output(out);
    return new FeedForwardVariables(
        ResidualVariables.of(ops, name, output, settings.layerNorm()),
        GraphOps.output(ops.linear(name + ".in.weight")),
        isGated ? GraphOps.input(ops.producer(gated), 0) : gated,
        isGated
            ? Optional.of(GraphOps.output(ops.linear(name + ".gate.weight")))
            : Optional.empty(),
        gated,
        output);
  }

  /** All names. */
  List<String> all() {
    List<String> all = new ArrayList<>(residual.all());
    all.addAll(List.of(hidden, activated, gated, output));
    gate.ifPresent(all::add);
    return all;
  }
}
