package org.yuqiao.backend.runtime;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.yuqiao.backend.gemm.WeightMatrix;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.kernel.AttentionKernel;
import org.yuqiao.backend.kernel.CrossEntropyKernel;
import org.yuqiao.backend.kernel.Distances;
import org.yuqiao.backend.kernel.ElementwiseKernel;
import org.yuqiao.backend.kernel.EmbeddingKernel;
import org.yuqiao.backend.kernel.Kernel;
import org.yuqiao.backend.kernel.LayerNormKernel;
import org.yuqiao.backend.kernel.LinearKernel;
import org.yuqiao.backend.kernel.MaskedReluKernel;
import org.yuqiao.backend.kernel.MaskedSoftmaxKernel;
import org.yuqiao.backend.kernel.RelativeKernel;
import org.yuqiao.backend.kernel.RelativeVectors;
import org.yuqiao.backend.kernel.RotaryKernel;
import org.yuqiao.backend.kernel.RowAttentionKernel;
import org.yuqiao.backend.kernel.recurrent.AttentiveRecurrenceKernel;
import org.yuqiao.backend.kernel.recurrent.RecurrenceKernel;
import org.yuqiao.backend.op.AdditiveScoresOp;
import org.yuqiao.backend.op.AttentionContextOp;
import org.yuqiao.backend.op.AttentionScoresOp;
import org.yuqiao.backend.op.AttentiveRecurrenceOp;
import org.yuqiao.backend.op.CacheAppendOp;
import org.yuqiao.backend.op.CrossEntropyOp;
import org.yuqiao.backend.op.CustomOp;
import org.yuqiao.backend.op.DistanceRowsOp;
import org.yuqiao.backend.op.DropoutOp;
import org.yuqiao.backend.op.FinalStatesOp;
import org.yuqiao.backend.op.JoinOp;
import org.yuqiao.backend.op.LastPositionOp;
import org.yuqiao.backend.op.LinearOp;
import org.yuqiao.backend.op.MaskedReluOp;
import org.yuqiao.backend.op.MaskedSoftmaxOp;
import org.yuqiao.backend.op.RecurrenceOp;
import org.yuqiao.backend.op.RecurrentStepOp;
import org.yuqiao.backend.op.RelativeContextOp;
import org.yuqiao.backend.op.RelativeScoresOp;
import org.yuqiao.backend.op.RelativeTableGradientOp;
import org.yuqiao.backend.op.RotaryOp;
import org.yuqiao.backend.op.SelfGatedOp;
import org.yuqiao.backend.session.InferenceWeights;
import org.yuqiao.backend.tensor.Tensor;

/** The kernels by the names of their ops. What has none is run by ND4J. */
public final class Kernels {
  private static final Map<String, Kernel.Factory> FACTORIES = factories();

  private Kernels() {}

  /** The kernel of an op, if it has one. */
  static Optional<Kernel> of(DifferentialFunction op) {
    return Optional.ofNullable(FACTORIES.get(op.opName())).map(factory -> factory.create(op));
  }

  /** The kernel of an op in a graph for translating. */
  static Optional<Kernel> of(DifferentialFunction op, InferenceWeights weights) {
    if (InferenceWeights.isWeightOf(op)) {
      LinearOp linear = (LinearOp) op;
      WeightMatrix matrix = weights.matrixOf(linear);
      return Optional.of(Kernel.of(linear, (in, out, s) -> matrix.multiply(in, out[0], s)));
    }
    if (op instanceof AttentionScoresOp scores) {
      return Optional.of(
          Kernel.of(
              scores,
              (in, out, s) ->
                  RowAttentionKernel.scores(scores.heads(), scores.scale(), in, out[0], s)));
    }
    if (op instanceof AttentionContextOp context) {
      return Optional.of(
          Kernel.of(context, (in, out, s) -> RowAttentionKernel.context(in, out[0], s)));
    }
    return of(op);
  }

  private static Map<String, Kernel.Factory> factories() {
    Map<String, Kernel.Factory> map = new HashMap<>();
    addLayers(map);
    addAttention(map);
    addPositions(map);
    addActivations(map);
    addRecurrence(map);
    map.put("add", op -> new SameShape(ElementwiseKernel::add));
    map.put("add_bp", op -> new PassOn());
    map.put(
        "mul_scalar",
        op -> {
          float factor = ((ScalarOp) op).scalar().getFloat(0);
          return new SameShape((in, out, s) -> ElementwiseKernel.scale(factor, in, out, s));
        });
    map.put("yuqiao_last_position", plain(LastPositionOp::kernel));
    map.put("yuqiao_regroup", plain((in, out, s) -> {}));
    map.put("yuqiao_cache_append", plain(CacheAppendOp::kernel));
    map.put("yuqiao_dropout", ours(DropoutOp.class, Set.of(0), ElementwiseKernel::dropout));
    return Map.copyOf(map);
  }

  private static void addLayers(Map<String, Kernel.Factory> map) {
    map.put(
        "yuqiao_linear",
        ours(
            LinearOp.class,
            (op, in, out, s) -> LinearKernel.forward(op.transposed(), in, out[0], s)));
    map.put(
        "yuqiao_linear_bp",
        ours(
            LinearOp.Gradient.class,
            (op, in, out, s) -> LinearKernel.backward(op.transposed(), in, out, s)));
    map.put("yuqiao_embedding", plain((in, out, s) -> EmbeddingKernel.lookUp(in, out[0], s)));
    map.put("yuqiao_embedding_bp", plain((in, out, s) -> EmbeddingKernel.scatter(in, out[0], s)));
    map.put("yuqiao_layer_norm", plain((in, out, s) -> LayerNormKernel.forward(in, out[0], s)));
    map.put("yuqiao_layer_norm_bp", plain(LayerNormKernel::backward));
    map.put(
        "yuqiao_cross_entropy",
        ours(
            CrossEntropyOp.class,
            (op, in, out, s) -> CrossEntropyKernel.forward(op.smoothing(), in, out, s)));
    map.put(
        "yuqiao_cross_entropy_bp",
        ours(
            CrossEntropyOp.Gradient.class,
            Set.of(0),
            (op, in, out, s) -> CrossEntropyKernel.backward(op.smoothing(), in, out[0], s)));
  }

  private static void addAttention(Map<String, Kernel.Factory> map) {
    map.put(
        "yuqiao_attention_scores",
        ours(
            AttentionScoresOp.class,
            (op, in, out, s) -> AttentionKernel.scores(op.heads(), op.scale(), in, out[0], s)));
    map.put(
        "yuqiao_attention_scores_bp",
        ours(
            AttentionScoresOp.Gradient.class,
            (op, in, out, s) ->
                AttentionKernel.scoresBackward(op.heads(), op.scale(), in, out, s)));
    map.put(
        "yuqiao_attention_context", plain((in, out, s) -> AttentionKernel.context(in, out[0], s)));
    map.put("yuqiao_attention_context_bp", plain(AttentionKernel::contextBackward));
    map.put(
        "yuqiao_masked_softmax",
        ours(
            MaskedSoftmaxOp.class,
            Set.of(0),
            (op, in, out, s) -> MaskedSoftmaxKernel.forward(op.causal(), in, out[0], s)));
    map.put(
        "yuqiao_masked_softmax_bp",
        op ->
            Kernel.of(
                (CustomOp) op,
                Set.of(0, 1),
                (in, out, s) -> MaskedSoftmaxKernel.backward(in, out[0], s)));
    map.put(
        "yuqiao_masked_relu",
        ours(
            MaskedReluOp.class,
            (op, in, out, s) -> MaskedReluKernel.forward(op.causal(), in, out[0], s)));
    map.put(
        "yuqiao_masked_relu_bp",
        ours(
            MaskedReluOp.Gradient.class,
            (op, in, out, s) -> MaskedReluKernel.backward(op.causal(), in, out[0], s)));
  }

  private static void addPositions(Map<String, Kernel.Factory> map) {
    map.put(
        "yuqiao_add_positions", plain((in, out, s) -> EmbeddingKernel.addPositions(in, out[0], s)));
    map.put(
        "yuqiao_add_positions_bp",
        plain((in, out, s) -> EmbeddingKernel.positionsBackward(in, out[0], s)));
    map.put("yuqiao_rotary", ours(RotaryOp.class, RotaryKernel::run));
    map.put("yuqiao_add_vector", plain((in, out, s) -> LinearKernel.addVector(in, out[0], s)));
    map.put(
        "yuqiao_add_vector_bp", plain((in, out, s) -> LinearKernel.sumColumns(in[0], out[0], s)));
    map.put(
        "yuqiao_relative_products",
        ours(
            RelativeScoresOp.class,
            (op, in, out, s) -> RelativeVectors.products(op.factor(), in, out[0], s)));
    map.put(
        "yuqiao_relative_context",
        ours(
            RelativeContextOp.class,
            (op, in, out, s) -> RelativeVectors.context(op.factor(), in, out[0], s)));
    map.put(
        "yuqiao_relative_table_bp",
        ours(
            RelativeTableGradientOp.class,
            (op, in, out, s) -> RelativeVectors.tableGradient(op.factor(), in, out[0], s)));
    map.put("yuqiao_relative_shift", plain((in, out, s) -> RelativeKernel.shift(in, out[0], s)));
    map.put(
        "yuqiao_relative_shift_bp",
        plain((in, out, s) -> RelativeKernel.collapse(in, 0, out[0], s)));
    map.put(
        "yuqiao_relative_collapse",
        plain((in, out, s) -> RelativeKernel.collapse(in, Distances.first(in, 1), out[0], s)));
    map.put(
        "yuqiao_relative_collapse_bp", plain((in, out, s) -> RelativeKernel.spread(in, out[0], s)));
    map.put("yuqiao_distance_bias", plain((in, out, s) -> RelativeKernel.bias(in, out[0], s)));
    map.put(
        "yuqiao_distance_bias_bp",
        plain((in, out, s) -> RelativeKernel.biasBackward(in, out[0], s)));
    map.put("yuqiao_distance_rows", plain(DistanceRowsOp::kernel));
  }

  private static void addActivations(Map<String, Kernel.Factory> map) {
    map.put("relu", op -> new SameShape(ElementwiseKernel::relu));
    map.put("thresholdedrelu_bp", op -> new SameShape(ElementwiseKernel::reluBackward));
    map.put(
        "yuqiao_self_gated",
        ours(
            SelfGatedOp.class,
            (op, in, out, s) -> ElementwiseKernel.selfGated(op.linear(), op.cubic(), in, out, s)));
    map.put(
        "yuqiao_self_gated_bp",
        ours(
            SelfGatedOp.Gradient.class,
            (op, in, out, s) ->
                ElementwiseKernel.selfGatedBackward(op.linear(), op.cubic(), in, out, s)));
    map.put("tanh", op -> new SameShape(ElementwiseKernel::tanh));
    map.put("tanh_bp", op -> new SameShape(ElementwiseKernel::tanhBackward));
    map.put("multiply", op -> new SameShape(ElementwiseKernel::multiply));
    map.put("multiply_bp", op -> new ProductGradient());
  }

  private static void addRecurrence(Map<String, Kernel.Factory> map) {
    map.put("yuqiao_recurrence", ours(RecurrenceOp.class, RecurrenceKernel::forward));
    map.put("yuqiao_recurrence_bp", ours(RecurrenceOp.Gradient.class, RecurrenceKernel::backward));
    map.put(
        "yuqiao_attentive_recurrence",
        ours(AttentiveRecurrenceOp.class, AttentiveRecurrenceKernel::forward));
    map.put(
        "yuqiao_attentive_recurrence_bp",
        ours(AttentiveRecurrenceOp.Gradient.class, AttentiveRecurrenceKernel::backward));
    map.put("yuqiao_recurrent_step", ours(RecurrentStepOp.class, RecurrentStepOp::kernel));
    map.put("yuqiao_additive_scores", plain(AdditiveScoresOp::kernel));
    map.put("yuqiao_join", plain(JoinOp::kernel));
    map.put("yuqiao_join_bp", plain(JoinOp.Gradient::kernel));
    map.put("yuqiao_final_states", plain(FinalStatesOp::kernel));
    map.put("yuqiao_final_states_bp", plain(FinalStatesOp.Gradient::kernel));
  }

  /** A computation that needs settings of its op. */
  private interface WithOp<T> {
    void run(T op, Tensor[] in, Tensor[] out, Workspace workspace);
  }

  private static <T extends CustomOp> Kernel.Factory ours(Class<T> type, WithOp<T> computation) {
    return ours(type, Set.of(), computation);
  }

  private static <T extends CustomOp> Kernel.Factory ours(
      Class<T> type, Set<Integer> overwritten, WithOp<T> computation) {
    return function -> {
      T op = type.cast(function);
      return Kernel.of(op, overwritten, (in, out, s) -> computation.run(op, in, out, s));
    };
  }

  private static Kernel.Factory plain(Kernel.Computation computation) {
    return function -> Kernel.of((CustomOp) function, computation);
  }

  /** A stock op whose one result has the shape of its first input, all inputs being alike. */
  private record SameShape(Kernel.Computation computation) implements Kernel {
    @Override
    public long[][] outputShapes(long[][] inputs) {
      return new long[][] {inputs[0]};
    }

    @Override
    public void run(Tensor[] in, Tensor[] out, Workspace workspace) {
      computation.run(in, out, workspace);
    }

    @Override
    public boolean overwrites(int index) {
      return true;
    }

    @Override
    public boolean suits(Tensor[] in) {
      return sameShapes(in);
    }
  }

  /** The gradient of a product of two equal shapes: dx = dz y, dy = dz x. */
  private record ProductGradient() implements Kernel {
    @Override
    public long[][] outputShapes(long[][] inputs) {
      return new long[][] {inputs[0], inputs[1]};
    }

    @Override
    public void run(Tensor[] in, Tensor[] out, Workspace workspace) {
      for (int i = 0; i < 2; i++) {
        Tensor[] factors = {in[2], in[1 - i]};
        ElementwiseKernel.multiply(factors, new Tensor[] {out[i]}, workspace);
      }
    }

    @Override
    public boolean suits(Tensor[] in) {
      return sameShapes(in);
    }
  }

  /** Stock ops broadcast; the kernels that stand in for them do not. */
  private static boolean sameShapes(Tensor[] in) {
    return Arrays.stream(in).allMatch(x -> Arrays.equals(x.shape(), in[0].shape()));
  }

  /** The gradient of a sum of two equal shapes: both terms get what comes in. */
  private record PassOn() implements Kernel {
    @Override
    public long[][] outputShapes(long[][] inputs) {
      return new long[][] {inputs[0], inputs[1]};
    }

    @Override
    public void run(Tensor[] in, Tensor[] out, Workspace workspace) {
      throw new IllegalStateException("nothing to compute");
    }

    @Override
    public boolean passesLastInputOn() {
      return true;
    }

    @Override
    public boolean suits(Tensor[] in) {
      return sameShapes(in);
    }
  }
}
