package org.yuqiao.store.graph;

import java.util.Map;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.op.AddVectorOp;
import org.yuqiao.backend.op.RelativeContextOp;
import org.yuqiao.backend.op.RelativeEncodingsOp;
import org.yuqiao.backend.op.RelativePositionBiasOp;
import org.yuqiao.backend.op.RelativeScoresOp;
import org.yuqiao.backend.op.RelativeShiftOp;
import org.yuqiao.backend.op.RelativeWeightsOp;
import org.yuqiao.layers.attention.PositionScheme;
import org.yuqiao.model.StepGraph;

/**
 * The rules of relative positions. Values by distance, {@code [H, B, T, N]} in the model, are
 * {@code [B, H T, N]} here, where a linear map is one of three axes like all others.
 */
record RelativeRules<V>(LoweredValues<V> values, PositionRules<V> positions) {
  void addTo(Map<Class<?>, Lowering.Rule<V>> rules) {
    rules.put(
        AddVectorOp.class,
        (op, args, out) -> builder().add(values.of(args[0]), values.of(args[1])));
    rules.put(RelativePositionBiasOp.class, (op, args, out) -> bias(args));
    rules.put(RelativeEncodingsOp.class, (op, args, out) -> encodings(args));
    rules.put(RelativeScoresOp.class, this::scores);
    rules.put(RelativeShiftOp.class, (op, args, out) -> shift(args));
    rules.put(RelativeWeightsOp.class, (op, args, out) -> weights(args));
    rules.put(RelativeContextOp.class, this::context);
  }

  private GraphBuilder<V> builder() {
    return values.builder();
  }

  private int heads() {
    return values.settings().attention().heads();
  }

  private int maxDistance() {
    return values.settings().maxPositions() - 1;
  }

  /** Key position minus query position, {@code [T, S]}, of scores {@code [B, H, T, S]}. */
  private V distances(V scores, V queries) {
    V keys = builder().range(builder().size(scores, 3));
    return builder()
        .subtract(
            builder().reshape(keys, values.sizes(values.fixed(1), values.rest())),
            builder().reshape(queries, values.sizes(values.rest(), values.fixed(1))));
  }

  private V plus(V integers, long number) {
    return builder().add(integers, builder().integer(number));
  }

  /** The bias {@code [1, N, H]} of each distance becomes {@code [1, H, T, S]}. */
  private V bias(String[] args) {
    V scores = values.of(args[0]);
    V bias =
        values.shared(
            "relative.bias",
            () -> {
              V columns = plus(distances(scores, positions.of(args)), maxDistance());
              V chosen = builder().gather(values.of(args[1]), columns, 1);
              return builder().transpose(chosen, 0, 3, 1, 2);
            });
    return builder().add(scores, bias);
  }

  /** The 2 S - 1 rows of the table around the distance 0. */
  private V encodings(String[] args) {
    return values.shared(
        "relative.encodings",
        () -> {
          // The mask of a step is as long as its cache, which holds the positions so far.
          V length =
              values.contains(args[1])
                  ? builder().size(values.of(args[1]), 1)
                  : plus(values.of(StepGraph.POSITION), 1);
          V count = plus(builder().add(length, length), -1);
          V first = builder().subtract(builder().integer(maxDistance() + 1L), length);
          V rows = builder().add(builder().range(count), first);
          return builder().gather(values.of(args[0]), rows, 0);
        });
  }

  private V scores(DifferentialFunction op, String[] args, String output) {
    double scale = ((RelativeScoresOp) op).scale();
    V result = isShared() ? scoresOfOneTable(args) : scoresOfATableForEachHead(args);
    return scale == 1 ? result : builder().scale(result, scale);
  }

  /** Whether all heads share a table {@code [N, d_k]}; otherwise it is {@code [N, D]}. */
  private boolean isShared() {
    return values.settings().positions() == PositionScheme.RELATIVE_SHAW;
  }

  private V scoresOfOneTable(String[] args) {
    V queries =
        builder()
            .reshape(
                values.heads(args[0]),
                values.sizes(
                    values.batch(args[0]), values.rest(), values.fixed(values.headSize())));
    return builder().linear(queries, values.of(args[1]), true);
  }

  /** Of each head {@code [B T, d_k]} times {@code [d_k, N]}. */
  private V scoresOfATableForEachHead(String[] args) {
    Size<V> heads = values.fixed(heads());
    Size<V> width = values.fixed(values.headSize());
    V table = values.of(args[1]);
    V columns =
        builder()
            .transpose(
                builder().reshape(table, values.sizes(values.rest(), heads, width)), 1, 2, 0);
    V queries =
        builder()
            .reshape(
                builder().transpose(values.split(args[0]), 2, 0, 1, 3),
                values.sizes(heads, values.rest(), width));
    Size<V> count = new Size.Of<>(columns, 2);
    V byHead =
        builder()
            .reshape(
                builder().matmul(queries, columns),
                values.sizes(heads, values.batch(args[0]), values.rest(), count));
    return builder()
        .reshape(
            builder().transpose(byHead, 1, 0, 2, 3),
            values.sizes(values.batch(args[0]), values.rest(), count));
  }

  /** The column of each query and key {@code [T, S]}: distances are clipped, or all have one. */
  private V columns(String[] args) {
    V scores = values.of(args[0]);
    return values.shared(
        "relative.columns",
        () -> {
          V distances = distances(scores, positions.of(args));
          if (values.settings().positions() == PositionScheme.TRANSFORMER_XL) {
            return builder().add(distances, plus(builder().size(scores, 3), -1));
          }
          V table = builder().constant("relative.clipped", clipped());
          V columns = builder().gather(table, plus(distances, maxDistance()), 0);
          return builder()
              .reshape(columns, values.sizes(new Size.Of<>(distances, 0), values.rest()));
        });
  }

  /** The column of each distance from -(P-1) to P-1, {@code [2 P - 1, 1]}. */
  private INDArray clipped() {
    int clipping = values.settings().relative().clippingDistance();
    int[][] columns = new int[2 * maxDistance() + 1][1];
    for (int i = 0; i < columns.length; i++) {
      int distance = i - maxDistance();
      columns[i][0] = Math.max(-clipping, Math.min(clipping, distance)) + clipping;
    }
    return Nd4j.createFromArray(columns);
  }

  /** Adds the entry t N + column of a head's scores by distance. */
  private V shift(String[] args) {
    V scores = values.of(args[0]);
    V byDistance = values.of(args[1]);
    V entries =
        values.shared(
            "relative.entries",
            () -> {
              V count = builder().size(byDistance, 2);
              V firsts = builder().multiply(builder().range(builder().size(scores, 2)), count);
              V column = builder().reshape(firsts, values.sizes(values.rest(), values.fixed(1)));
              return builder().add(columns(args), column);
            });
    V flat =
        builder()
            .reshape(
                byDistance,
                values.sizes(values.batch(args[0]), values.fixed(heads()), values.rest()));
    return builder().add(scores, builder().gather(flat, entries, 2));
  }

  /** Sums weights {@code [B, H, T, S]} by the one-hot vectors {@code [T, S, N]} of columns. */
  private V weights(String[] args) {
    V weights = values.of(args[0]);
    int count = 2 * values.settings().relative().clippingDistance() + 1;
    V oneHot =
        values.shared(
            "relative.oneHot",
            () -> {
              V table =
                  builder().constant("relative.identity", Nd4j.eye(count).castTo(DataType.FLOAT));
              return builder().gather(table, columns(args), 0);
            });
    Size<V> queries = new Size.Of<>(weights, 2);
    Size<V> keys = new Size.Of<>(weights, 3);
    V byQuery =
        builder()
            .reshape(
                builder().transpose(weights, 2, 0, 1, 3),
                values.sizes(queries, values.rest(), keys));
    V sums =
        builder()
            .reshape(
                builder().matmul(byQuery, oneHot),
                values.sizes(queries, values.rest(), values.fixed(heads()), values.fixed(count)));
    return builder()
        .reshape(
            builder().transpose(sums, 1, 2, 0, 3),
            values.sizes(values.batch(args[0]), values.rest(), values.fixed(count)));
  }

  private V context(DifferentialFunction op, String[] args, String output) {
    V byHead =
        builder()
            .reshape(
                builder().linear(values.of(args[0]), values.of(args[1]), false),
                values.sizes(
                    values.batch(args[0]),
                    values.fixed(heads()),
                    values.rest(),
                    values.fixed(values.headSize())));
    V sum = values.joined(byHead, args[0]);
    double scale = ((RelativeContextOp) op).scale();
    return scale == 1 ? sum : builder().scale(sum, scale);
  }
}
