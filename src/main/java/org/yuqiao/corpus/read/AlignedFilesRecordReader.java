package org.yuqiao.corpus.read;

import java.nio.file.Path;
import java.util.Optional;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.Utf8Lines;

/** Two plain files whose lines correspond: line n of one translates line n of the other. */
final class AlignedFilesRecordReader extends PairRecordReader {
  private static final long serialVersionUID = 1L;

  private final String chinese;
  private final String english;
  private transient Utf8Lines chineseLines;
  private transient Utf8Lines englishLines;

  /** Reads both files side by side. */
  AlignedFilesRecordReader(Path chinese, Path english) {
    this.chinese = chinese.toString();
    this.english = english.toString();
  }

  @Override
  protected void open() {
    chineseLines = Utf8Lines.open(Path.of(chinese));
    englishLines = Utf8Lines.open(Path.of(english));
  }

  @Override
  protected Optional<SentencePair> read() {
    Optional<String> zh = chineseLines.next();
    Optional<String> en = englishLines.next();
    if (zh.isPresent() != en.isPresent()) {
      String shorter = zh.isPresent() ? english : chinese;
      String longer = zh.isPresent() ? chinese : english;
      long last = Math.min(chineseLines.lineNumber(), englishLines.lineNumber());
      throw new InvalidInputException(
          shorter
              + " ends after line "
              + last
              + ", but "
              + longer
              + " goes on; expected equally many lines in both");
    }
    if (zh.isEmpty()) {
      close();
      return Optional.empty();
    }
    String origin = chinese + ", line " + chineseLines.lineNumber();
    return Optional.of(new SentencePair(zh.get(), en.get(), origin));
  }

  @Override
  public void close() {
    if (chineseLines != null) {
      chineseLines.close();
      englishLines.close();
    }
  }
}
