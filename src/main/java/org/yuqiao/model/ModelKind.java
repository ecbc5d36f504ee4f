package org.yuqiao.model;

/** The parts of a model, which decide its tasks. */
public enum ModelKind {
  /** A Transformer that translates ("Attention Is All You Need", section 3.1). */
  ENCODER_DECODER,
  /** The encoder alone (BERT, Devlin et al. 2019): labels for tokens or for sentences. */
  ENCODER_ONLY,
  /** The decoder alone, without cross-attention (GPT, Radford et al. 2018): a language model. */
  DECODER_ONLY,
  /** A recurrent encoder-decoder with attention (Bahdanau et al. 2015): it translates too. */
  RECURRENT;

  /** Whether such a model translates. */
  public boolean translates() {
    return this == ENCODER_DECODER || this == RECURRENT;
  }
}
