package org.yuqiao.corpus.read;

import java.util.List;
import java.util.Optional;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.InvalidInputException;

/**
 * Tab-separated columns, two of which are the texts of a pair.
 *
 * @param columns of the texts
 * @param hasHeader whether the first line holds the names of the columns
 */
record TsvFormat(TextColumns columns, boolean hasHeader) implements LineFormat {
  /** The format of {@code lines}, by their sample where no columns are given. */
  static TsvFormat of(SampledLines lines, Optional<TextColumns> given) {
    List<String[]> sample = lines.sample().stream().map(TsvFormat::cells).toList();
    TextColumns columns = given.orElseGet(() -> ColumnDetection.of(lines.name(), sample));
    return new TsvFormat(
        columns, !sample.isEmpty() && ColumnDetection.isHeader(sample.get(0), columns));
  }

  private static String[] cells(String line) {
    return line.split("\t", -1);
  }

  @Override
  public boolean skipsBlankLines() {
    return false;
  }

  @Override
  public Optional<SentencePair> pair(String line, String origin) {
    String[] cells = cells(line);
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
}
