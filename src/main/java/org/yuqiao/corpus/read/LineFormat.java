package org.yuqiao.corpus.read;

import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.Utf8Lines;

/** Parses the lines of a corpus that has one pair a line, whichever machine reads them. */
public interface LineFormat extends Serializable {
  /** What a line of cleaned pairs in shards holds, as their manifest says. */
  String SHARD_CONTENT = "cleaned sentence pairs: Chinese, tab, English";

  /** Whether the first line holds the names of the columns and is no pair. */
  boolean hasHeader();

  /** Whether blank lines are skipped. */
  boolean skipsBlankLines();

  /**
   * The pair of a line; empty for a line to skip.
   *
   * @param origin its place, as "file, line n"
   * @throws InvalidInputException when the line is malformed
   */
  Optional<SentencePair> pair(String line, String origin);

  /** The format of cleaned pairs in shards, whose first line is a pair whatever it looks like. */
  static LineFormat ofShards() {
    return new TsvFormat(new TextColumns(1, 2), false);
  }

  /**
   * The format of a file by its name and its first lines.
   *
   * @param columns of the texts in a tab-separated file; empty to find them by their content
   * @param in the content, decompressed, of which the beginning is read
   * @param name of the file in messages
   * @throws InvalidInputException when the file does not have one pair a line, or its columns are
   *     not clear
   */
  static LineFormat of(Path file, Optional<TextColumns> columns, InputStream in, String name) {
    return switch (CorpusFormat.of(file)) {
      case TSV -> TsvFormat.of(SampledLines.of(new Utf8Lines(in, name)), columns);
      case JSON_LINES -> new JsonLinesFormat();
      case TMX ->
          throw new InvalidInputException(
              name
                  + " does not have one pair a line; expected .tsv or .jsonl, which data convert"
                  + " writes");
    };
  }
}
