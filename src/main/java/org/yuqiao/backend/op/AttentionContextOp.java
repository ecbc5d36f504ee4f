package org.yuqiao.backend.op;

import static org.yuqiao.backend.op.AttentionScoresOp.batched;
import static org.yuqiao.backend.op.AttentionScoresOp.merge;
import static org.yuqiao.backend.op.AttentionScoresOp.split;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The context of attention: each head's weighted sum of values, heads concatenated ("Attention Is
 * All You Need", section 3.2.2). Weights {@code [B, H, T, S]}, v {@code [B, S, D]}, context {@code
 * [B, T, D]}.
 */
public final class AttentionContextOp extends CustomOp {
  private AttentionContextOp(SameDiff graph, SDVariable... args) {
    super(graph, 1, args);
  }

  @Override
  public String opName() {
    return "yuqiao_attention_context";
  }

  /** The sum of {@code v} weighted by {@code weights}. */
  public static SDVariable of(SDVariable weights, SDVariable v) {
    return new AttentionContextOp(weights.getSameDiff(), weights, v).outputVariable();
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    return new long[][] {{in[0][0], in[0][2], in[1][2]}};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    out[0].assign(merge(batched(in[0], split(in[1], (int) in[0].size(1)))));
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable[] args = args();
    return List.of(new Gradient(sameDiff, args[0], args[1], gradients.get(0)).outputVariables());
  }

  /** dweights = dcontext V&#x1D40;, dv = weights&#x1D40; dcontext. */
  public static final class Gradient extends GradientOp {
    Gradient(SameDiff graph, SDVariable... args) {
      super(graph, 2, args);
    }

    @Override
    public String opName() {
      return "yuqiao_attention_context_bp";
    }

    @Override
    public long[][] outputShapes(long[][] in) {
      return new long[][] {in[0], in[1]};
    }

    @Override
    public void reference(INDArray[] in, INDArray[] out) {
      int heads = (int) in[0].size(1);
      INDArray d = split(in[2], heads);
      out[0].assign(batched(d, split(in[1], heads).permute(0, 1, 3, 2)));
      out[1].assign(merge(batched(in[0].permute(0, 1, 3, 2), d)));
    }
  }
}
