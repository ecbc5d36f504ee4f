package org.yuqiao.model.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.yuqiao.backend.op.AttentionScoresOp;
import org.yuqiao.backend.op.LinearOp;
import org.yuqiao.backend.op.RelativePositionBiasOp;
import org.yuqiao.backend.op.RelativeShiftOp;
import org.yuqiao.layers.attention.MultiHeadAttention;
import org.yuqiao.layers.base.NormPlacement;

/**
 * Multi-head attention with its residual connection.
 *
 * @param residual the connection around it
 * @param memory the input of keys and values {@code [B, S, D]}
 * @param queries as projected {@code [B, T, D]}
 * @param keys as projected {@code [B, S, D]}
 * @param values as projected {@code [B, S, D]}
 * @param positionedQueries the queries whose dot products are taken; the same as {@code queries}
 *     where positions don't act on them
 * @param positionedKeys likewise
 * @param scaled the scaled dot products {@code [B, H, T, S]}
 * @param positionTerm what a relative position scheme adds to the scores
 * @param scores with the position term {@code [B, H, T, S]}, before the mask
 * @param weights {@code [B, H, T, S]}
 * @param context the heads' weighted values, concatenated {@code [B, T, D]}
 * @param projected the context times W_O {@code [B, T, D]}
 */
public record AttentionVariables(
    ResidualVariables residual,
    String memory,
    String queries,
    String keys,
    String values,
    String positionedQueries,
    String positionedKeys,
    String scaled,
    Optional<PositionTerm> positionTerm,
    String scores,
    String weights,
    String context,
    String projected) {

  /**
   * The term of a relative position scheme.
   *
   * @param name {@code [1, N, H]} for a bias, {@code [H, B, T, N]} otherwise: a column for each
   *     distance
   * @param isBias whether it is the same for all queries
   */
  public record PositionTerm(String name, boolean isBias) {}

  /** The attention {@code name}, as "decoder.0.cross". */
  static AttentionVariables of(GraphOps ops, String name, NormPlacement placement) {
    String weights = MultiHeadAttention.weights(name);
    String scores = GraphOps.input(ops.producer(weights), 0);
    DifferentialFunction adding = ops.producer(scores);
    Optional<PositionTerm> term = positionTerm(adding);
    String scaled = term.isPresent() ? GraphOps.input(adding, 0) : scores;
    AttentionScoresOp dotProducts = (AttentionScoresOp) ops.producer(scaled);
    String values = GraphOps.output(ops.linear(name + ".value.weight"));
    String memory = GraphOps.input(ops.producer(values), 0);
    DifferentialFunction output = ops.linear(name + ".output.weight");
    String projected = GraphOps.output(output);
    ResidualVariables residual = ResidualVariables.of(ops, name, projected, placement);
    String positionedQueries = GraphOps.input(dotProducts, 0);
    String positionedKeys = GraphOps.input(dotProducts, 1);
    return new AttentionVariables(
        residual,
        memory,
        projectionOf(ops, positionedQueries),
        projectionOf(ops, positionedKeys),
        values,
        positionedQueries,
        positionedKeys,
        scaled,
        term,
        scores,
        weights,
        GraphOps.input(output, 0),
        projected);
  }

  private static Optional<PositionTerm> positionTerm(DifferentialFunction adding) {
    boolean isBias = adding instanceof RelativePositionBiasOp;
    return isBias || adding instanceof RelativeShiftOp
        ? Optional.of(new PositionTerm(GraphOps.input(adding, 1), isBias))
        : Optional.empty();
  }

  /** The projection that positions act on, or the variable itself where they don't. */
  private static String projectionOf(GraphOps ops, String positioned) {
    DifferentialFunction op = ops.producer(positioned);
    return op instanceof LinearOp ? positioned : GraphOps.input(op, 0);
  }

  /** All names. */
  List<String> all() {
    List<String> all = new ArrayList<>(residual.all());
    all.addAll(
        List.of(
            memory,
            queries,
            keys,
            values,
            positionedQueries,
            positionedKeys,
            scaled,
            scores,
            weights,
            context,
            projected));
    positionTerm.ifPresent(term -> all.add(term.name()));
    return all;
  }
}
