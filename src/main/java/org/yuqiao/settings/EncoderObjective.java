package org.yuqiao.settings;

/** What an encoder alone is trained to tell. */
public enum EncoderObjective {
  /** One label a token. */
  TAGGING,
  /** One label a sentence. */
  CLASSIFICATION,
  /** The tokens that were masked (Devlin et al. 2019, section 3.1). */
  MASKED
}
