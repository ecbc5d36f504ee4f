package org.yuqiao.embedding.io;

import java.nio.charset.CodingErrorAction;

/**
 * What becomes of bytes that are not UTF-8 in the words of a file, as in Python's codecs.
 * word2vec.c cuts long words inside a character.
 */
public enum UnicodeErrors {
  /** The file is refused. */
  STRICT,
  /** They become U+FFFD. */
  REPLACE,
  /** They are left out. */
  IGNORE;

  /** The setting of a decoder. */
  CodingErrorAction action() {
    return switch (this) {
      case STRICT -> CodingErrorAction.REPORT;
      case REPLACE -> CodingErrorAction.REPLACE;
      case IGNORE -> CodingErrorAction.IGNORE;
    };
  }
}
