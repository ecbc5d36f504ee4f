package org.yuqiao.corpus.read;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.Utf8Lines;

/** Lines of a file that is read once, with a look at the first ones before they are consumed. */
final class SampledLines implements AutoCloseable {
  private static final int SAMPLE = 1000;

  /** Longer lines make a smaller sample, which is kept in memory. */
  private static final int MAX_CHARACTERS = 1 << 22;

  private final Utf8Lines lines;
  private final Deque<String> sample = new ArrayDeque<>();
  private Optional<InvalidInputException> failure = Optional.empty();
  private long lineNumber;

  private SampledLines(Utf8Lines lines) {
    this.lines = lines;
  }

  /** Opens a file and reads its first 1,000 lines. */
  static SampledLines open(Path file) {
    return of(Utf8Lines.open(file));
  }

  /** Reads the first 1,000 lines of {@code lines}. */
  static SampledLines of(Utf8Lines lines) {
    SampledLines sampled = new SampledLines(lines);
    sampled.fill();
    return sampled;
  }

  /** An error behind the first line is kept until the lines before it have been consumed. */
  private void fill() {
    try {
      long characters = 0;
      Optional<String> line = lines.next();
      while (line.isPresent()) {
        sample.add(line.get());
        characters += line.get().length();
        boolean full = sample.size() == SAMPLE || characters >= MAX_CHARACTERS;
        line = full ? Optional.empty() : lines.next();
      }
    } catch (InvalidInputException e) {
      failure = Optional.of(e);
    }
  }

  /** The first lines, at most 1,000, none of which is consumed. */
  List<String> sample() {
    return new ArrayList<>(sample);
  }

  /** The next line, or empty at the end. */
  Optional<String> next() {
    Optional<String> line = Optional.ofNullable(sample.poll());
    if (line.isEmpty() && failure.isPresent()) {
      throw failure.get();
    }
    line = line.or(lines::next);
    lineNumber += line.isPresent() ? 1 : 0;
    return line;
  }

  /** The number of the line that was consumed last, from 1. */
  long lineNumber() {
    return lineNumber;
  }

  /** The name of the file in messages. */
  String name() {
    return lines.name();
  }

  @Override
  public void close() {
    lines.close();
  }
}
