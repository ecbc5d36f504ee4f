package org.yuqiao.text.sentencepiece;

import java.util.List;

/** Cuts normalized text into pieces. */
interface Segmenter {
  /**
   * A piece of a text.
   *
   * @param id its id; that of the unknown piece where the vocabulary has none
   */
  record Segment(String text, int id) {}

  /** The pieces of {@code text}, which is UTF-8. */
  List<Segment> cut(byte[] text);
}
