package org.yuqiao.decode.trace;

/** The three attentions of the Transformer ("Attention Is All You Need", section 3.2.3). */
public enum AttentionKind {
  /** Self-attention of the encoder. */
  ENCODER,
  /** Causal self-attention of the decoder. */
  DECODER,
  /** Attention of the decoder to the encoder's output. */
  CROSS
}
