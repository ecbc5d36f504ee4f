package org.yuqiao.layers.attention;

import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.backend.op.MaskedReluOp;
import org.yuqiao.backend.op.MaskedSoftmaxOp;

/** What makes weights of scores. Hidden positions get weight 0 in each. */
public enum AttentionFunction {
  /** The soft-max: weights above 0 that add up to 1 ("Attention Is All You Need", eq. 1). */
  SOFTMAX {
    @Override
    SDVariable of(SDVariable scores, SDVariable mask, boolean causal) {
      return MaskedSoftmaxOp.of(scores, mask, causal);
    }
  },
  /** max(0, score) / visible positions (Wortsman et al. 2023): weights that may all be 0. */
  RELU {
    @Override
    SDVariable of(SDVariable scores, SDVariable mask, boolean causal) {
      return MaskedReluOp.of(scores, mask, causal);
    }
  };

  /** The weights {@code [B, H, T, S]} of scores of that shape; mask {@code [B, S]}. */
  abstract SDVariable of(SDVariable scores, SDVariable mask, boolean causal);
}
