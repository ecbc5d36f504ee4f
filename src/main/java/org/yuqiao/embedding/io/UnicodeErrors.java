package org.yuqiao.embedding.io;

import java.nio.charset.CodingErrorAction;

/**
 * What becomes of bytes that are not UTF-8 in the words of a file, as in Python's codecs.
 * word2vec.c cuts long words inside a character.
 */
public enum UnicodeErrors {
  /** The file is refused. */
  STRICT(CodingErrorAction.REPORT),
  /** They become U+FFFD. */
  REPLACE(CodingErrorAction.REPLACE),
  /** They are left out. */
  IGNORE(CodingErrorAction.IGNORE);

  private final CodingErrorAction action;

  UnicodeErrors(CodingErrorAction action) {
    this.action = action;
  }

  /** The setting of a decoder. */
  CodingErrorAction action() {
    return action;
  }
}
