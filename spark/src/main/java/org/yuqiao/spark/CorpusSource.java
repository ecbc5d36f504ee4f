package org.yuqiao.spark;

import java.io.Serializable;
import org.yuqiao.corpus.read.LineFormat;

/**
 * A file of a corpus.
 *
 * @param name in messages, as one machine would call it
 * @param format of its lines
 */
record CorpusSource(String name, LineFormat format) implements Serializable {
  /** The place of a line, as "file, line n". */
  String origin(long line) {
    return name + ", line " + line;
  }
}
