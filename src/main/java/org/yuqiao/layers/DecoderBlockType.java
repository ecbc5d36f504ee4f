package org.yuqiao.layers;

/** The first sub-layer of a decoder layer: how a target position sees the positions before it. */
public enum DecoderBlockType {
  /** Causally masked self-attention, whose cache grows with the translation. */
  SELF_ATTENTION,
  /**
   * The simpler simple recurrent unit (Kim et al. 2019), whose state {@code [B, 1, D]} is all it
   * keeps of earlier positions.
   */
  SSRU
}
