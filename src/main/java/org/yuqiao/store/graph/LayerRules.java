package org.yuqiao.store.graph;

import java.util.Map;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.AddOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.MulOp;
import org.yuqiao.backend.op.EmbeddingLookupOp;
import org.yuqiao.backend.op.LayerNormOp;
import org.yuqiao.backend.op.LinearOp;
import org.yuqiao.backend.op.SelfGatedOp;
import org.yuqiao.backend.op.recurrent.SsruOp;

/** The rules of embeddings, linear maps, norms, activations and the SSRU. */
record LayerRules<V>(LoweredValues<V> values) {
  void addTo(Map<Class<?>, Lowering.Rule<V>> rules) {
    rules.put(EmbeddingLookupOp.class, (op, args, out) -> lookup(args));
    rules.put(LinearOp.class, (op, args, out) -> linear((LinearOp) op, args));
    rules.put(LayerNormOp.class, (op, args, out) -> norm(args));
    rules.put(SelfGatedOp.class, (op, args, out) -> gated((SelfGatedOp) op, args[0]));
    rules.put(SsruOp.class, (op, args, out) -> ssru(args));
    rules.put(AddOp.class, (op, args, out) -> sum(args));
    rules.put(MulOp.class, (op, args, out) -> builder().multiply(value(args[0]), value(args[1])));
    rules.put(RectifiedLinear.class, (op, args, out) -> builder().relu(value(args[0])));
    rules.put(
        ScalarMultiplication.class,
        (op, args, out) ->
            builder().scale(value(args[0]), ((ScalarMultiplication) op).scalar().getDouble(0)));
  }

  private GraphBuilder<V> builder() {
    return values.builder();
  }

  private V value(String name) {
    return values.of(name);
  }

  private V sum(String[] args) {
    return builder().add(value(args[0]), value(args[1]));
  }

  private V lookup(String[] args) {
    return builder().gather(value(args[0]), value(args[1]), 0);
  }

  private V linear(LinearOp op, String[] args) {
    boolean transposed = op.transposed();
    // Encodings of distances are a matrix without a batch.
    V result =
        values.rows(args[0]).isPresent()
            ? builder().linear(value(args[0]), value(args[1]), transposed)
            : builder().matmul(value(args[0]), value(args[1]));
    return args.length == 3 ? builder().add(result, value(args[2])) : result;
  }

  private V norm(String[] args) {
    return builder().layerNorm(value(args[0]), value(args[1]), value(args[2]), LayerNormOp.EPSILON);
  }

  /** x sigmoid(a x + b x^3). */
  private V gated(SelfGatedOp op, String arg) {
    V x = value(arg);
    V inner = op.linear() == 1 ? x : builder().scale(x, op.linear());
    if (op.cubic() != 0) {
      V cube = builder().multiply(builder().multiply(x, x), x);
      inner = builder().add(inner, builder().scale(cube, op.cubic()));
    }
    return builder().multiply(x, builder().sigmoid(inner));
  }

  /** g c + (1 - g) x as (c - x) g + x, one position after the state c. */
  private V ssru(String[] args) {
    V x = value(args[0]);
    V difference = builder().subtract(value(args[2]), x);
    return builder().add(builder().multiply(difference, builder().sigmoid(value(args[1]))), x);
  }
}
