package org.yuqiao.layers.recurrent;

import org.yuqiao.backend.op.recurrent.RecurrentCell;

/**
 * The settings of a recurrent encoder-decoder.
 *
 * @param cell LSTM or GRU
 * @param attention the cross-attention of the decoder
 * @param hiddenSize H, the width of the decoder's states; each direction of the encoder has half
 */
public record RecurrentSettings(RecurrentCell cell, RecurrentAttention attention, int hiddenSize) {
  /** The defaults. */
  public static final RecurrentSettings DEFAULT =
      new RecurrentSettings(RecurrentCell.LSTM, RecurrentAttention.ADDITIVE, 256);
}
