package org.yuqiao.store.graph;

import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.yuqiao.backend.op.AttentionContextOp;
import org.yuqiao.backend.op.AttentionScoresOp;
import org.yuqiao.backend.op.CacheAppendOp;
import org.yuqiao.backend.op.MaskedReluOp;
import org.yuqiao.backend.op.MaskedSoftmaxOp;
import org.yuqiao.backend.op.RegroupOp;
import org.yuqiao.model.StepGraph;

/**
 * The rules of attention. A mask without a value stands for "all positions are visible": exported
 * caches grow instead of having free room.
 */
record AttentionRules<V>(LoweredValues<V> values) {
  /** The score of a masked position, whose weight becomes exactly 0 in float32. */
  private static final double MASKED = 1e9;

  void addTo(Map<Class<?>, Lowering.Rule<V>> rules) {
    rules.put(AttentionScoresOp.class, this::scores);
    rules.put(MaskedSoftmaxOp.class, this::softmax);
    rules.put(MaskedReluOp.class, this::relu);
    rules.put(AttentionContextOp.class, this::context);
    rules.put(CacheAppendOp.class, this::append);
    rules.put(RegroupOp.class, this::regroup);
  }

  private GraphBuilder<V> builder() {
    return values.builder();
  }

  private V scores(DifferentialFunction op, String[] args, String output) {
    double scale = ((AttentionScoresOp) op).scale();
    V keys = builder().transpose(values.heads(args[1]), 0, 1, 3, 2);
    V scores = builder().matmul(values.heads(args[0]), keys);
    return scale == 1 ? scores : builder().scale(scores, scale);
  }

  /** The mask {@code [B, S]} as {@code [B, 1, 1, S]}. */
  private Optional<V> mask(String name) {
    return values.contains(name)
        ? Optional.of(
            values.shared(
                "mask." + name,
                () -> {
                  V mask = values.of(name);
                  return builder()
                      .reshape(
                          mask,
                          values.sizes(
                              new Size.Of<>(mask, 0),
                              values.fixed(1),
                              values.fixed(1),
                              values.rest()));
                }))
        : Optional.empty();
  }

  private V softmax(DifferentialFunction op, String[] args, String output) {
    requireNotCausal(((MaskedSoftmaxOp) op).causal());
    V scores = values.of(args[0]);
    return builder()
        .softmax(
            mask(args[1]).map(mask -> builder().add(scores, bias(args[1], mask))).orElse(scores));
  }

  /** 0 at a token, far below all scores at padding. */
  private V bias(String name, V mask) {
    return values.shared(
        "bias." + name, () -> builder().scale(builder().subtract(mask, values.number(1)), MASKED));
  }

  private V relu(DifferentialFunction op, String[] args, String output) {
    requireNotCausal(((MaskedReluOp) op).causal());
    V positive = builder().relu(values.of(args[0]));
    Optional<V> mask = mask(args[1]);
    if (mask.isEmpty()) {
      return builder().divide(positive, builder().toFloat(builder().size(positive, 3)));
    }
    V visible = values.shared("visible." + args[1], () -> builder().sum(mask.get(), 3));
    return builder().divide(builder().multiply(positive, mask.get()), visible);
  }

  private static void requireNotCausal(boolean causal) {
    if (causal) {
      throw new IllegalStateException("a graph of single steps has no causal mask");
    }
  }

  private V context(DifferentialFunction op, String[] args, String output) {
    return values.joined(builder().matmul(values.of(args[0]), values.heads(args[1])), args[0]);
  }

  /** Keys and values become longer; a state, whose place is a constant, is replaced. */
  private V append(DifferentialFunction op, String[] args, String output) {
    if (args[2].equals(StepGraph.POSITION)) {
      V longer = builder().concat(values.heads(args[0]), values.heads(args[1]), 2);
      values.putHeads(output, longer);
      values.putAppended(args[0], longer);
      return longer;
    }
    values.putAppended(args[0], values.of(args[1]));
    return values.of(args[1]);
  }

  /** {@code [B, T, D]} in as many rows as another value has. */
  private V regroup(DifferentialFunction op, String[] args, String output) {
    V like = values.rows(args[1]).orElseThrow();
    values.putRows(output, like);
    return builder()
        .reshape(
            values.of(args[0]),
            values.sizes(
                new Size.Of<>(like, 0),
                values.rest(),
                values.fixed(values.settings().hiddenSize())));
  }
}
