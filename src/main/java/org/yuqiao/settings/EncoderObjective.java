package org.yuqiao.settings;

/** The training objective of an encoder-only model. */
public enum EncoderObjective {
  /** One label a token. */
  TAGGING,
  /** One label a sentence. */
  CLASSIFICATION,
  /** The tokens that were masked (Devlin et al. 2019, section 3.1). */
  MASKED
}
