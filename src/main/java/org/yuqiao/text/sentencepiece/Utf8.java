package org.yuqiao.text.sentencepiece;

/** Characters in UTF-8. */
final class Utf8 {
  private Utf8() {}

  /** The number of bytes of the character that begins with {@code first}. */
  static int length(byte first) {
    int value = first & 0xFF;
    if (value < 0xC0) {
      return 1;
    }
    return value < 0xE0 ? 2 : value < 0xF0 ? 3 : 4;
  }
}
