package org.yuqiao.layers.attention;

import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.layers.base.Scope;

/**
 * A position scheme in one stack of layers (an encoder or a decoder). It may act in two places: on
 * the embeddings and inside the self-attention of each layer.
 */
public interface Positions {
  /**
   * The stack of a scheme.
   *
   * @param name prefix of the names of parameters that its layers share
   * @param causal whether its self-attention is causal
   * @param positions the longest sequence
   * @param width D
   */
  record Stack(
      String name,
      boolean causal,
      int positions,
      int width,
      AttentionSettings attention,
      RelativeSettings relative) {}

  /** Acts on the embeddings: {@code [B, T, D]} to {@code [B, T, D]}. */
  default SDVariable onEmbeddings(SDVariable x, PositionOffset offset) {
    return x;
  }

  /** Acts inside the self-attention {@code name}. */
  default AttentionPositions inAttention(String name) {
    return AttentionPositions.NONE;
  }

  /** Makes {@code scheme} for a stack. */
  static Positions of(PositionScheme scheme, Scope scope, Stack stack) {
    return switch (scheme) {
      case SINUSOIDAL, SINUSOIDAL_HALVES, SINUSOIDAL_MARIAN ->
          new SinusoidalPositions(scope, stack, scheme);
      case LEARNED -> new LearnedPositions(scope, stack);
      case RELATIVE_SHAW -> new RelativePositionsShaw(scope, stack);
      case RELATIVE_BIAS -> new RelativePositionBias(scope, stack);
      case TRANSFORMER_XL -> new TransformerXlPositions(scope, stack);
      case ROTARY -> new RotaryPositions(scope, stack);
      case NONE -> new Positions() {};
    };
  }
}
