package org.yuqiao.backend.plan;

import java.util.List;
import java.util.Optional;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.kernel.FusedAttentionKernel;
import org.yuqiao.backend.kernel.Kernel;
import org.yuqiao.backend.op.AttentionContextOp;
import org.yuqiao.backend.op.AttentionScoresOp;
import org.yuqiao.backend.op.MaskedSoftmaxOp;
import org.yuqiao.backend.tensor.Tensor;

/**
 * Fuses softmax(Q K&#x1D40; + mask) V into one step, which keeps a query's scores in the
 * first-level cache and skips padding at the end of the keys.
 */
final class FusedAttention implements FusionPattern {
  /** {@link FusedAttentionKernel} for queries, keys, mask and values. */
  private record AttentionStep(int heads, float scale) implements Kernel {
    @Override
    public long[][] outputShapes(long[][] in) {
      return new long[][] {{in[0][0], in[0][1], in[3][2]}};
    }

    @Override
    public void run(Tensor[] in, Tensor[] out, Workspace workspace) {
      FusedAttentionKernel.run(heads, scale, in, out[0], workspace);
    }
  }

  @Override
  public Optional<FusedChain> find(Plan.Step context, Producers producers) {
    if (!(context.op() instanceof AttentionContextOp)) {
      return Optional.empty();
    }
    return producers
        .of(context.inputs()[0])
        .filter(step -> step.op() instanceof MaskedSoftmaxOp softmax && !softmax.causal())
        .flatMap(
            softmax ->
                producers
                    .of(softmax.inputs()[0])
                    .filter(step -> step.op() instanceof AttentionScoresOp)
                    .map(scores -> chain(scores, softmax, context)));
  }

  private static FusedChain chain(Plan.Step scores, Plan.Step softmax, Plan.Step context) {
    int[] inputs = {
      scores.inputs()[0], scores.inputs()[1], softmax.inputs()[1], context.inputs()[1]
    };
    AttentionScoresOp op = (AttentionScoresOp) scores.op();
    Kernel kernel = new AttentionStep(op.heads(), (float) op.scale());
    return new FusedChain(List.of(scores, softmax, context), inputs, kernel);
  }

  @Override
  public Optional<String> obstacle(Plan.Step context, Producers producers) {
    if (!(context.op() instanceof AttentionContextOp)) {
      return Optional.empty();
    }
    Optional<Plan.Step> weights = producers.of(context.inputs()[0]);
    if (weights.isPresent() && weights.get().op() instanceof MaskedSoftmaxOp softmax) {
      return Optional.of(
          softmax.causal()
              ? "its mask is causal"
              : "its scores come from " + name(producers.of(weights.get().inputs()[0])));
    }
    return Optional.of("its weights come from " + name(weights));
  }

  private static String name(Optional<Plan.Step> step) {
    return step.map(found -> found.op().opName()).orElse("a placeholder");
  }
}
