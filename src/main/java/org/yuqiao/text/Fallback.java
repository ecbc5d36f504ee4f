package org.yuqiao.text;

/** The treatment of characters that are not in the vocabulary. */
public enum Fallback {
  /** Byte fallback: one token for each UTF-8 byte, so that there are no unknown tokens. */
  BYTE,
  /** The token {@code <unk>}; every character of the training text is in the vocabulary. */
  CHARACTER
}
