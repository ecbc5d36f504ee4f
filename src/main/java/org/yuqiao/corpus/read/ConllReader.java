package org.yuqiao.corpus.read;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yuqiao.corpus.pair.TaggedSentence;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.Utf8Lines;

/**
 * CoNLL's columns: a token a line, its labels behind it, an empty line between sentences. Columns
 * are separated by tabs or, in a line without any, by spaces.
 */
public final class ConllReader implements AutoCloseable {
  private final Utf8Lines lines;
  private final int column;

  /**
   * Reads {@code file}.
   *
   * @param column of the label, 1 being the token's; 0 for the last one
   */
  ConllReader(Path file, int column) {
    this.lines = Utf8Lines.open(file);
    this.column = column;
  }

  /** All sentences of a file. */
  public static List<TaggedSentence> all(Path file, int column) {
    List<TaggedSentence> sentences = new ArrayList<>();
    try (ConllReader reader = new ConllReader(file, column)) {
      Optional<TaggedSentence> next = reader.next();
      while (next.isPresent()) {
        sentences.add(next.get());
        next = reader.next();
      }
    }
    return sentences;
  }

  /**
   * The next sentence, or empty at the end.
   *
   * @throws InvalidInputException naming the line that has too few columns
   */
  public Optional<TaggedSentence> next() {
    List<String> tokens = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    String origin = "";
    Optional<String> line = lines.next();
    while (line.isPresent() && !(line.get().isBlank() && !tokens.isEmpty())) {
      if (!line.get().isBlank()) {
        origin = tokens.isEmpty() ? where() : origin;
        String[] columns = columns(line.get());
        tokens.add(columns[0]);
        labels.add(columns[column == 0 ? columns.length - 1 : column - 1]);
      }
      line = lines.next();
    }
    return tokens.isEmpty()
        ? Optional.empty()
        : Optional.of(new TaggedSentence(List.copyOf(tokens), List.copyOf(labels), origin));
  }

  private String where() {
    return lines.name() + ", line " + lines.lineNumber();
  }

  private String[] columns(String line) {
    String[] columns = line.contains("\t") ? line.split("\t", -1) : line.strip().split(" +");
    int least = Math.max(2, column);
    if (columns.length < least || columns[0].isEmpty()) {
      throw new InvalidInputException(
          where()
              + ": expected a token and its labels in at least "
              + least
              + " columns, but there are "
              + columns.length);
    }
    if (columns[column == 0 ? columns.length - 1 : column - 1].isBlank()) {
      throw new InvalidInputException(where() + ": the label is empty");
    }
    return columns;
  }

  @Override
  public void close() {
    lines.close();
  }
}
