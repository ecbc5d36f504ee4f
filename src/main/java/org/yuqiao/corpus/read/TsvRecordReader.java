package org.yuqiao.corpus.read;

import java.nio.file.Path;
import java.util.Optional;
import org.yuqiao.corpus.pair.SentencePair;

/**
 * One pair a line in tab-separated columns. The columns of the two texts are given, or found by the
 * script of the first 1,000 lines; a first line with names of columns is skipped.
 */
public final class TsvRecordReader extends PairRecordReader {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final String given;
  private transient SampledLines lines;
  private transient TsvFormat format;

  /**
   * Reads {@code file}.
   *
   * @param columns of the texts; empty to find them by their content
   */
  public TsvRecordReader(Path file, Optional<TextColumns> columns) {
    this.file = file.toString();
    this.given = columns.map(TextColumns::toString).orElse(TextColumns.AUTO);
  }

  @Override
  protected void open() {
    lines = SampledLines.open(Path.of(file));
    format = TsvFormat.of(lines, TextColumns.of(given));
    if (format.hasHeader()) {
      lines.next();
      if (!given.equals(TextColumns.AUTO)) {
        warn(
            lines.name()
                + ", line 1: these are taken for the names of the columns, not for a pair");
      }
    }
  }

  @Override
  protected Optional<SentencePair> read() {
    Optional<String> line = lines.next();
    if (line.isEmpty()) {
      lines.close();
      return Optional.empty();
    }
    return format.pair(line.get(), lines.name() + ", line " + lines.lineNumber());
  }

  @Override
  public void close() {
    if (lines != null) {
      lines.close();
    }
  }
}
