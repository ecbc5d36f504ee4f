package org.yuqiao.layers.attention;

/** How position information enters a model. */
public enum PositionScheme {
  /** {@link SinusoidalPositions}. */
  SINUSOIDAL,
  /** {@link SinusoidalPositions} with all sines before all cosines, as in Marian. */
  SINUSOIDAL_HALVES,
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
  NONE
}
