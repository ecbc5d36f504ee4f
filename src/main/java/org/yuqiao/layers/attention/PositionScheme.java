package org.yuqiao.layers.attention;

/** How a model knows the order of its tokens. */
public enum PositionScheme {
  /** {@link SinusoidalPositions}. */
  SINUSOIDAL,
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
  /** Not at all, but for what the decoder can tell from the causal mask. */
  NONE
}
