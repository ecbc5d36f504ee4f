package org.yuqiao.text;

/** What becomes of a character that is not in the vocabulary. */
public enum Fallback {
  /**
   * Its UTF-8 bytes, each a token of its own: nothing is unknown. Rare characters are left to it.
   */
  BYTE,
  /** The token &lt;unk&gt;; every character seen in training is kept. */
  CHARACTER
}
