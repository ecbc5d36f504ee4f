package org.yuqiao.layers.attention;

/** How position information enters a model. */
public enum PositionScheme {
  /** {@link SinusoidalPositions}. */
  SINUSOIDAL,
  /** {@link SinusoidalPositions} with all sines before all cosines, as in Hugging Face's Marian. */
  SINUSOIDAL_HALVES,
  /** The same with Marian's own wavelengths, the longest of them exactly 10000. */
  SINUSOIDAL_MARIAN,
  /** {@link LearnedPositions}. */
  LEARNED,
  /** {@link RelativePositionsShaw}. */
  RELATIVE_SHAW,
  /** {@link RelativePositionBias}. */
  RELATIVE_BIAS,
  /** {@link TransformerXlPositions}. */
  TRANSFORMER_XL,
  /** {@link RotaryPositions}. */
  ROTARY,
  /** No positions; a decoder still sees an order through the causal mask. */
  NONE;

  /** Whether positions are sines and cosines that are added to the embeddings. */
  public boolean isSinusoidal() {
    return this == SINUSOIDAL || this == SINUSOIDAL_HALVES || this == SINUSOIDAL_MARIAN;
  }

  /** Whether nothing acts inside self-attention. */
  public boolean isOnEmbeddings() {
    return isSinusoidal() || this == LEARNED || this == NONE;
  }
}
