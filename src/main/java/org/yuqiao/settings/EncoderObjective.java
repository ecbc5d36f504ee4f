package org.yuqiao.settings;

/** The training objective of an encoder-only model. */
public enum EncoderObjective {
  /** Predicts one label per token. */
  TAGGING,
  /** Predicts one label per sentence. */
  CLASSIFICATION,
  /** Predicts masked tokens (Devlin et al. 2019, section 3.1). */
  MASKED
}
