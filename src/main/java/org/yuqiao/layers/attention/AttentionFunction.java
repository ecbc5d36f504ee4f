package org.yuqiao.layers.attention;

import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.backend.op.MaskedReluOp;
import org.yuqiao.backend.op.MaskedSoftmaxOp;

/**
 * The function from attention scores to weights. It applies the padding mask and the causal mask
 * (因果掩码): masked positions get weight 0.
 */
public enum AttentionFunction {
  /** Softmax: positive weights with sum 1 ("Attention Is All You Need", eq. 1). */
  SOFTMAX {
    @Override
    SDVariable of(SDVariable scores, SDVariable mask, boolean causal) {
      return MaskedSoftmaxOp.of(scores, mask, causal);
    }
  },
  /** max(0, score) / number of visible positions (Wortsman et al. 2023): may all be 0. */
  RELU {
    @Override
    SDVariable of(SDVariable scores, SDVariable mask, boolean causal) {
      return MaskedReluOp.of(scores, mask, causal);
    }
  };

  /**
   * The weights {@code [B, H, T, S]} of scores of that shape.
   *
   * @param mask padding mask {@code [B, S]}: 1 for a token, 0 for padding
   * @param causal whether query t sees only keys up to t
   */
  abstract SDVariable of(SDVariable scores, SDVariable mask, boolean causal);
}
