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
 * Attention of which nobody asks to see scores or weights: scores, soft-max and context become one
 * step, which keeps a query's scores in the first-level cache and passes over positions that are
 * hidden from all.
 */
public final class FusedAttention {
  private FusedAttention() {}

  /** {@link FusedAttentionKernel} for q, k, mask and v. */
  private record OneStep(int heads, float scale) implements Kernel {
    @Override
    public long[][] outputShapes(long[][] in) {
      return new long[][] {{in[0][0], in[0][1], in[3][2]}};
    }

    @Override
    public void run(Tensor[] in, Tensor[] out, Workspace workspace) {
      FusedAttentionKernel.run(heads, scale, in, out[0], workspace);
    }
  }

  /** The attention whose context the step {@code context} makes. */
  public static Optional<FusionPass.Chain> find(Plan.Step context, FusionPass.Producers makers) {
    if (!(context.op() instanceof AttentionContextOp)) {
      return Optional.empty();
    }
    return makers
        .of(context.inputs()[0])
        .filter(step -> step.op() instanceof MaskedSoftmaxOp softmax && !softmax.causal())
        .flatMap(
            softmax ->
                makers
                    .of(softmax.inputs()[0])
                    .filter(step -> step.op() instanceof AttentionScoresOp)
                    .map(scores -> chain(scores, softmax, context)));
  }

  /** Queries, keys, mask and values to the context. */
  private static FusionPass.Chain chain(Plan.Step scores, Plan.Step softmax, Plan.Step context) {
    int[] inputs = {
      scores.inputs()[0], scores.inputs()[1], softmax.inputs()[1], context.inputs()[1]
    };
    AttentionScoresOp op = (AttentionScoresOp) scores.op();
    Kernel kernel = new OneStep(op.heads(), (float) op.scale());
    return new FusionPass.Chain(List.of(scores, softmax, context), inputs, kernel);
  }
}
