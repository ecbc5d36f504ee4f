package org.yuqiao.backend.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Attention scores Q K&#x1D40; / sqrt(d_k) of every head ("Attention Is All You Need", section
 * 3.2.1, eq. 1, before the softmax): q {@code [B, T, D]}, k {@code [B, S, D]}, scores {@code [B, H,
 * T, S]}.
 *
 * <p>Head h reads columns h d_k to (h+1) d_k of q and k, so nothing is split or transposed in
 * memory.
 */
public final class AttentionScoresOp extends CustomOp {
  private final int heads;
  private final double scale;

  private AttentionScoresOp(SameDiff graph, int heads, double scale, SDVariable... args) {
    super(graph, 1, args);
    this.heads = heads;
    this.scale = scale;
  }

  @Override
  public String opName() {
    return "yuqiao_attention_scores";
  }

  /**
   * Scores of every query position against every key position, in {@code heads} heads.
   *
   * @param scale 1 / sqrt(d_k) in the paper
   */
  public static SDVariable of(SDVariable q, SDVariable k, int heads, double scale) {
    return new AttentionScoresOp(q.getSameDiff(), heads, scale, q, k).outputVariable();
  }

  public int heads() {
    return heads;
  }

  public double scale() {
    return scale;
  }

  /**
   * {@code [B, T, D]} as {@code [B, H, T, d_k]}. It is copied first, for ND4J treats a slice as
   * empty when its offset from the buffer's beginning exceeds the view's length.
   */
  static INDArray split(INDArray x, int heads) {
    return x.dup('c').reshape(x.size(0), x.size(1), heads, x.size(2) / heads).permute(0, 2, 1, 3);
  }

  /** {@code [B, H, T, d_k]} laid out as {@code [B, T, D]}. */
  static INDArray merge(INDArray x) {
    return x.permute(0, 2, 1, 3).dup('c').reshape(x.size(0), x.size(2), x.size(1) * x.size(3));
  }

  /** The matmul of a and b for every sentence and head, over the last two axes. */
  static INDArray batched(INDArray a, INDArray b) {
    INDArray result = Nd4j.create(a.dataType(), a.size(0), a.size(1), a.size(2), b.size(3));
    for (int i = 0; i < a.size(0); i++) {
      for (int h = 0; h < a.size(1); h++) {
        result.slice(i).slice(h).assign(a.slice(i).slice(h).mmul(b.slice(i).slice(h)));
      }
    }
    return result;
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    return new long[][] {{in[0][0], heads, in[0][1], in[1][1]}};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    INDArray keys = split(in[1], heads).permute(0, 1, 3, 2);
    out[0].assign(batched(split(in[0], heads), keys).mul(scale));
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable[] args = args();
    return List.of(
        new Gradient(sameDiff, heads, scale, args[0], args[1], gradients.get(0)).outputVariables());
  }

  /** dq = dscores K / sqrt(d_k), dk = dscores&#x1D40; Q / sqrt(d_k). */
  public static final class Gradient extends GradientOp {
    private final int heads;
    private final double scale;

    Gradient(SameDiff graph, int heads, double scale, SDVariable... args) {
      super(graph, 2, args);
      this.heads = heads;
      this.scale = scale;
    }

    @Override
    public String opName() {
      return "yuqiao_attention_scores_bp";
    }

    public int heads() {
      return heads;
    }

    public double scale() {
      return scale;
    }

    @Override
    public long[][] outputShapes(long[][] in) {
      return new long[][] {in[0], in[1]};
    }

    @Override
    public void reference(INDArray[] in, INDArray[] out) {
      INDArray d = in[2].mul(scale);
      out[0].assign(merge(batched(d, split(in[1], heads))));
      out[1].assign(merge(batched(d.permute(0, 1, 3, 2), split(in[0], heads))));
    }
  }
}
