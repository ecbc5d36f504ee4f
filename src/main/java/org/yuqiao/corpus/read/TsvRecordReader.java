package org.yuqiao.corpus.read;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.InvalidInputException;

/**
 * One pair a line in tab-separated columns. The columns of the two texts are given, or found by the
 * script of the first 1,000 lines; a first line with names of columns is skipped.
 */
public final class TsvRecordReader extends PairRecordReader {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final String given;
  private transient SampledLines lines;
  private transient TextColumns columns;

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
    List<String[]> sample = lines.sample().stream().map(TsvRecordReader::cells).toList();
    columns = TextColumns.of(given).orElseGet(() -> ColumnDetection.of(lines.name(), sample));
    if (!sample.isEmpty() && ColumnDetection.isHeader(sample.get(0), columns)) {
      lines.next();
      if (!given.equals(TextColumns.AUTO)) {
        warn(
            lines.name()
                + ", line 1: these are taken for the names of the columns, not for a pair");
      }
    }
  }

  private static String[] cells(String line) {
    return line.split("\t", -1);
  }

  @Override
  protected Optional<SentencePair> read() {
    Optional<String> line = lines.next();
    if (line.isEmpty()) {
      lines.close();
      return Optional.empty();
    }
    String origin = lines.name() + ", line " + lines.lineNumber();
    String[] cells = cells(line.get());
    if (cells.length < columns.last()) {
      throw new InvalidInputException(
          cells.length == 1
              ? origin + ": expected Chinese, a tab and English, but there is no tab"
              : String.format(
                  "%s: expected texts in the columns %s, but there are %d columns",
                  origin, columns, cells.length));
    }
    return Optional.of(
        new SentencePair(cells[columns.chinese() - 1], cells[columns.english() - 1], origin));
  }

  @Override
  public void close() {
    if (lines != null) {
      lines.close();
    }
  }
}
