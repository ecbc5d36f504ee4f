package org.yuqiao.decode.trace;

import org.yuqiao.layers.DecoderBlockType;
import org.yuqiao.model.ModelSettings;

/** The three attentions of the Transformer ("Attention Is All You Need", section 3.2.3). */
public enum AttentionKind {
  /** Self-attention of the encoder. */
  ENCODER,
  /** Causal self-attention of the decoder. */
  DECODER,
  /** Attention of the decoder to the encoder's output. */
  CROSS;

  /** The number of layers of a Transformer that have this attention. */
  public int layers(ModelSettings settings) {
    return switch (this) {
      case ENCODER -> settings.encoderLayers();
      case DECODER ->
          settings.decoderBlock() == DecoderBlockType.SELF_ATTENTION ? settings.decoderLayers() : 0;
      case CROSS -> settings.decoderLayers();
    };
  }
}
