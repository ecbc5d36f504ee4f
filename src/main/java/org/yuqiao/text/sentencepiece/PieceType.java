package org.yuqiao.text.sentencepiece;

import java.util.Optional;

/** The type of a piece, with its number in the file. */
enum PieceType {
  NORMAL(1),
  UNKNOWN(2),
  /** A special token without text, as {@code </s>}. */
  CONTROL(3),
  /** Kept whole wherever it stands in a text. */
  USER_DEFINED(4),
  /** A byte of a character outside the vocabulary. */
  BYTE(6),
  /** Never an output; BPE merges through it. */
  UNUSED(5);

  private final int number;

  PieceType(int number) {
    this.number = number;
  }

  static Optional<PieceType> of(int number) {
    for (PieceType type : values()) {
      if (type.number == number) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Whether a piece of this type stands for text of the input. */
  boolean isText() {
    return this == NORMAL || this == USER_DEFINED || this == UNUSED;
  }
}
