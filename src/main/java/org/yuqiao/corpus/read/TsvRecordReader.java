package org.yuqiao.corpus.read;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.Utf8Lines;

/**
 * One pair a line, its sides separated by a tab, in either order: the first line that has Han
 * characters on one side only decides which is Chinese. Further columns (as Tatoeba's attribution)
 * are left unread.
 */
final class TsvRecordReader extends PairRecordReader {
  private static final long serialVersionUID = 1L;
  private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

  private final String file;
  private transient Utf8Lines lines;
  private transient boolean englishFirst;

  /** Reads {@code file}. */
  TsvRecordReader(Path file) {
    this.file = file.toString();
  }

  @Override
  protected void open() {
    englishFirst = detectEnglishFirst();
    lines = Utf8Lines.open(Path.of(file));
  }

  private boolean detectEnglishFirst() {
    try (Utf8Lines probe = Utf8Lines.open(Path.of(file))) {
      Optional<String> line = probe.next();
      while (line.isPresent()) {
        String[] columns = line.get().split("\t", -1);
        if (columns.length >= 2) {
          boolean first = HAN.matcher(columns[0]).find();
          boolean second = HAN.matcher(columns[1]).find();
          if (first != second) {
            return second;
          }
        }
        line = probe.next();
      }
    }
    return false;
  }

  @Override
  protected Optional<SentencePair> read() {
    Optional<String> line = lines.next();
    if (line.isEmpty()) {
      lines.close();
      return Optional.empty();
    }
    String origin = file + ", line " + lines.lineNumber();
    String[] columns = line.get().split("\t", -1);
    if (columns.length < 2) {
      throw new InvalidInputException(
          origin + ": expected Chinese, a tab and English, but there is no tab");
    }
    return Optional.of(
        englishFirst
            ? new SentencePair(columns[1], columns[0], origin)
            : new SentencePair(columns[0], columns[1], origin));
  }

  @Override
  public void close() {
    if (lines != null) {
      lines.close();
    }
  }
}
