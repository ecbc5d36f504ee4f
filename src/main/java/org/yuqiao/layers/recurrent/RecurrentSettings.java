package org.yuqiao.layers.recurrent;

import org.yuqiao.backend.op.RecurrentCell;

/**
 * What a recurrent encoder-decoder is made of.
 *
 * @param cell LSTM or GRU
 * @param attention how the decoder looks at the source
 * @param hiddenSize H, the width of a decoder's state; each direction of the encoder has half
 */
public record RecurrentSettings(RecurrentCell cell, RecurrentAttention attention, int hiddenSize) {
  /** What the defaults say. */
  public static final RecurrentSettings USUAL =
      new RecurrentSettings(RecurrentCell.LSTM, RecurrentAttention.ADDITIVE, 256);
}
