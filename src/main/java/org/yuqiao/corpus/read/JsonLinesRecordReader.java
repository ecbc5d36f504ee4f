package org.yuqiao.corpus.read;

import java.nio.file.Path;
import java.util.Optional;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.Utf8Lines;

/** Reads a file with one JSON object a line, as {@link JsonLinesFormat} says. */
public final class JsonLinesRecordReader extends PairRecordReader {
  private static final long serialVersionUID = 1L;

  private final String file;
  private transient Utf8Lines lines;
  private transient JsonLinesFormat format;

  /** Reads {@code file}. */
  public JsonLinesRecordReader(Path file) {
    this.file = file.toString();
  }

  @Override
  protected void open() {
    lines = Utf8Lines.open(Path.of(file));
    format = new JsonLinesFormat();
  }

  @Override
  protected Optional<SentencePair> read() {
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      Optional<SentencePair> pair =
          format.pair(line.get(), lines.name() + ", line " + lines.lineNumber());
      if (pair.isPresent()) {
        return pair;
      }
    }
    lines.close();
    return Optional.empty();
  }

  @Override
  public void close() {
    if (lines != null) {
      lines.close();
    }
  }
}
