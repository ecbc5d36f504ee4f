package org.yuqiao.backend.runtime;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.TanhDerivative;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.ThresholdReluBp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.AddOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.MulOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.bp.AddBpOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.bp.MulBpOp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.yuqiao.backend.gemm.WeightMatrix;
import org.yuqiao.backend.kernel.AttentionKernel;
import org.yuqiao.backend.kernel.CopyKernel;
import org.yuqiao.backend.kernel.CrossEntropyKernel;
import org.yuqiao.backend.kernel.DecodingAttentionKernel;
import org.yuqiao.backend.kernel.ElementwiseKernel;
import org.yuqiao.backend.kernel.EmbeddingKernel;
import org.yuqiao.backend.kernel.Kernel;
import org.yuqiao.backend.kernel.LayerNormKernel;
import org.yuqiao.backend.kernel.LinearKernel;
import org.yuqiao.backend.kernel.MaskedReluKernel;
import org.yuqiao.backend.kernel.MaskedSoftmaxKernel;
import org.yuqiao.backend.kernel.RDropKernel;
import org.yuqiao.backend.kernel.RelativeMatmulKernel;
import org.yuqiao.backend.kernel.RelativeShiftKernel;
import org.yuqiao.backend.kernel.RotaryKernel;
import org.yuqiao.backend.kernel.recurrent.AdditiveScoresKernel;
import org.yuqiao.backend.kernel.recurrent.AttentiveRecurrenceKernel;
import org.yuqiao.backend.kernel.recurrent.RecurrenceKernel;
import org.yuqiao.backend.kernel.recurrent.RecurrentStepKernel;
import org.yuqiao.backend.kernel.recurrent.SsruKernel;
import org.yuqiao.backend.op.AddPositionsOp;
import org.yuqiao.backend.op.AddVectorOp;
import org.yuqiao.backend.op.AttentionContextOp;
import org.yuqiao.backend.op.AttentionScoresOp;
import org.yuqiao.backend.op.CacheAppendOp;
import org.yuqiao.backend.op.CrossEntropyOp;
import org.yuqiao.backend.op.DropoutOp;
import org.yuqiao.backend.op.EmbeddingLookupOp;
import org.yuqiao.backend.op.JoinOp;
import org.yuqiao.backend.op.LayerNormOp;
import org.yuqiao.backend.op.LinearOp;
import org.yuqiao.backend.op.MaskedReluOp;
import org.yuqiao.backend.op.MaskedSoftmaxOp;
import org.yuqiao.backend.op.RDropOp;
import org.yuqiao.backend.op.RegroupOp;
import org.yuqiao.backend.op.RelativeContextOp;
import org.yuqiao.backend.op.RelativeEncodingsOp;
import org.yuqiao.backend.op.RelativePositionBiasOp;
import org.yuqiao.backend.op.RelativeScoresOp;
import org.yuqiao.backend.op.RelativeShiftOp;
import org.yuqiao.backend.op.RelativeTableGradientOp;
import org.yuqiao.backend.op.RelativeWeightsOp;
import org.yuqiao.backend.op.RotaryOp;
import org.yuqiao.backend.op.SelfGatedOp;
import org.yuqiao.backend.op.recurrent.AdditiveScoresOp;
import org.yuqiao.backend.op.recurrent.AttentiveRecurrenceOp;
import org.yuqiao.backend.op.recurrent.FinalStatesOp;
import org.yuqiao.backend.op.recurrent.RecurrenceOp;
import org.yuqiao.backend.op.recurrent.RecurrentStepOp;
import org.yuqiao.backend.op.recurrent.SsruOp;
import org.yuqiao.backend.session.InferenceWeights;

/** The kernel of each op class. ND4J runs an op that has none. */
final class Kernels {
  private static final Map<Class<?>, Kernel.Factory> FACTORIES = registry().factories();

  private Kernels() {}

  /** The op classes that have a kernel. */
  static Set<Class<?>> ops() {
    return FACTORIES.keySet();
  }

  /** The kernel of {@code op}, if its class has one. */
  static Optional<Kernel> of(DifferentialFunction op) {
    return Optional.ofNullable(FACTORIES.get(op.getClass())).map(factory -> factory.create(op));
  }

  /**
   * The kernel of {@code op} for inference: matmuls with weights use the matrices that {@code
   * weights} has laid out, attention is computed query by query.
   */
  static Optional<Kernel> of(DifferentialFunction op, InferenceWeights weights) {
    if (InferenceWeights.isWeightOf(op)) {
      LinearOp linear = (LinearOp) op;
      WeightMatrix matrix = weights.matrixOf(linear);
      return Optional.of(Kernel.of(linear, (in, out, ws) -> matrix.multiply(in, out[0], ws)));
    }
    if (op instanceof AttentionScoresOp scores) {
      return Optional.of(
          Kernel.of(
              scores,
              (in, out, ws) ->
                  DecodingAttentionKernel.scores(scores.heads(), scores.scale(), in, out[0], ws)));
    }
    if (op instanceof AttentionContextOp context) {
      return Optional.of(
          Kernel.of(context, (in, out, ws) -> DecodingAttentionKernel.context(in, out[0], ws)));
    }
    return of(op);
  }

  private static KernelRegistry registry() {
    KernelRegistry registry = new KernelRegistry();
    addLayers(registry);
    addAttention(registry);
    addPositions(registry);
    addElementwise(registry);
    addRecurrence(registry);
    registry.add(RegroupOp.class, (in, out, ws) -> {}); // in place: only the shape changes
    registry.add(CacheAppendOp.class, CopyKernel::cacheAppend);
    return registry;
  }

  private static void addLayers(KernelRegistry registry) {
    registry.addConfigured(
        LinearOp.class, (op, in, out, ws) -> LinearKernel.forward(op.transposed(), in, out[0], ws));
    registry.addConfigured(
        LinearOp.Gradient.class,
        (op, in, out, ws) -> LinearKernel.backward(op.transposed(), in, out, ws));
    registry.add(EmbeddingLookupOp.class, (in, out, ws) -> EmbeddingKernel.lookup(in, out[0], ws));
    registry.add(
        EmbeddingLookupOp.Gradient.class,
        (in, out, ws) -> EmbeddingKernel.lookupBackward(in, out[0], ws));
    registry.add(LayerNormOp.class, (in, out, ws) -> LayerNormKernel.forward(in, out[0], ws));
    registry.add(LayerNormOp.Gradient.class, LayerNormKernel::backward);
    registry.addConfigured(
        CrossEntropyOp.class,
        (op, in, out, ws) -> CrossEntropyKernel.forward(op.smoothing(), in, out, ws));
    registry.addOverwriting(
        CrossEntropyOp.Gradient.class,
        Set.of(0),
        (op, in, out, ws) -> CrossEntropyKernel.backward(op.smoothing(), in, out[0], ws));
    registry.add(RDropOp.class, RDropKernel::forward);
    registry.addOverwriting(
        RDropOp.Gradient.class,
        Set.of(0),
        (op, in, out, ws) -> RDropKernel.backward(in, out[0], ws));
  }

  private static void addAttention(KernelRegistry registry) {
    registry.addConfigured(
        AttentionScoresOp.class,
        (op, in, out, ws) -> AttentionKernel.scores(op.heads(), op.scale(), in, out[0], ws));
    registry.addConfigured(
        AttentionScoresOp.Gradient.class,
        (op, in, out, ws) -> AttentionKernel.scoresBackward(op.heads(), op.scale(), in, out, ws));
    registry.add(
        AttentionContextOp.class, (in, out, ws) -> AttentionKernel.context(in, out[0], ws));
    registry.add(AttentionContextOp.Gradient.class, AttentionKernel::contextBackward);
    registry.addOverwriting(
        MaskedSoftmaxOp.class,
        Set.of(0),
        (op, in, out, ws) -> MaskedSoftmaxKernel.forward(op.causal(), in, out[0], ws));
    registry.addOverwriting(
        MaskedSoftmaxOp.Gradient.class,
        Set.of(0, 1),
        (op, in, out, ws) -> MaskedSoftmaxKernel.backward(in, out[0], ws));
    registry.addConfigured(
        MaskedReluOp.class,
        (op, in, out, ws) -> MaskedReluKernel.forward(op.causal(), in, out[0], ws));
    registry.addConfigured(
        MaskedReluOp.Gradient.class,
        (op, in, out, ws) -> MaskedReluKernel.backward(op.causal(), in, out[0], ws));
  }

  private static void addPositions(KernelRegistry registry) {
    registry.add(
        AddPositionsOp.class, (in, out, ws) -> EmbeddingKernel.addPositions(in, out[0], ws));
    registry.add(
        AddPositionsOp.TableGradient.class,
        (in, out, ws) -> EmbeddingKernel.addPositionsBackward(in, out[0], ws));
    registry.addConfigured(RotaryOp.class, RotaryKernel::run);
    registry.add(AddVectorOp.class, (in, out, ws) -> LinearKernel.addVector(in, out[0], ws));
    registry.add(
        AddVectorOp.Gradient.class, (in, out, ws) -> LinearKernel.sumRows(in[0], out[0], ws));
    registry.addConfigured(
        RelativeScoresOp.class,
        (op, in, out, ws) -> RelativeMatmulKernel.scores(op.scale(), in, out[0], ws));
    registry.addConfigured(
        RelativeContextOp.class,
        (op, in, out, ws) -> RelativeMatmulKernel.context(op.scale(), in, out[0], ws));
    registry.addConfigured(
        RelativeTableGradientOp.class,
        (op, in, out, ws) -> RelativeMatmulKernel.tableGradient(op.scale(), in, out[0], ws));
    registry.add(RelativeShiftOp.class, (in, out, ws) -> RelativeShiftKernel.shift(in, out[0], ws));
    registry.add(
        RelativeShiftOp.Gradient.class,
        (in, out, ws) -> RelativeShiftKernel.collapse(in, 0, out[0], ws));
    registry.add(
        RelativeWeightsOp.class,
        (in, out, ws) -> RelativeShiftKernel.collapse(in, Kernel.firstPosition(in, 1), out[0], ws));
    registry.add(
        RelativeWeightsOp.Gradient.class,
        (in, out, ws) -> RelativeShiftKernel.collapseBackward(in, out[0], ws));
    registry.add(
        RelativePositionBiasOp.class, (in, out, ws) -> RelativeShiftKernel.bias(in, out[0], ws));
    registry.add(
        RelativePositionBiasOp.Gradient.class,
        (in, out, ws) -> RelativeShiftKernel.biasBackward(in, out[0], ws));
    registry.add(RelativeEncodingsOp.class, CopyKernel::relativeEncodings);
  }

  private static void addElementwise(KernelRegistry registry) {
    registry.addNd4j(AddOp.class, op -> new SameShapeKernel(ElementwiseKernel::add));
    registry.addNd4j(AddBpOp.class, op -> new AddGradientKernel());
    registry.addNd4j(ScalarMultiplication.class, Kernels::scaling);
    registry.addOverwriting(DropoutOp.class, Set.of(0), ElementwiseKernel::dropout);
    registry.addNd4j(RectifiedLinear.class, op -> new SameShapeKernel(ElementwiseKernel::relu));
    registry.addNd4j(
        ThresholdReluBp.class, op -> new SameShapeKernel(ElementwiseKernel::reluBackward));
    registry.addConfigured(
        SelfGatedOp.class,
        (op, in, out, ws) -> ElementwiseKernel.selfGated(op.linear(), op.cubic(), in, out, ws));
    registry.addConfigured(
        SelfGatedOp.Gradient.class,
        (op, in, out, ws) ->
            ElementwiseKernel.selfGatedBackward(op.linear(), op.cubic(), in, out, ws));
    registry.addNd4j(Tanh.class, op -> new SameShapeKernel(ElementwiseKernel::tanh));
    registry.addNd4j(
        TanhDerivative.class, op -> new SameShapeKernel(ElementwiseKernel::tanhBackward));
    registry.addNd4j(MulOp.class, op -> new SameShapeKernel(ElementwiseKernel::multiply));
    registry.addNd4j(MulBpOp.class, op -> new MultiplyGradientKernel());
  }

  private static void addRecurrence(KernelRegistry registry) {
    registry.addConfigured(RecurrenceOp.class, RecurrenceKernel::forward);
    registry.addConfigured(RecurrenceOp.Gradient.class, RecurrenceKernel::backward);
    registry.addConfigured(AttentiveRecurrenceOp.class, AttentiveRecurrenceKernel::forward);
    registry.addConfigured(
        AttentiveRecurrenceOp.Gradient.class, AttentiveRecurrenceKernel::backward);
    registry.addConfigured(RecurrentStepOp.class, RecurrentStepKernel::forward);
    registry.add(SsruOp.class, SsruKernel::forward);
    registry.add(SsruOp.Gradient.class, SsruKernel::backward);
    registry.add(AdditiveScoresOp.class, AdditiveScoresKernel::forward);
    registry.add(JoinOp.class, CopyKernel::join);
    registry.add(JoinOp.Gradient.class, CopyKernel::joinBackward);
    registry.add(FinalStatesOp.class, CopyKernel::finalStates);
    registry.add(FinalStatesOp.Gradient.class, CopyKernel::finalStatesBackward);
  }

  private static Kernel scaling(ScalarMultiplication op) {
    float scale = op.scalar().getFloat(0);
    return new SameShapeKernel((in, out, ws) -> ElementwiseKernel.scale(scale, in, out, ws));
  }
}
