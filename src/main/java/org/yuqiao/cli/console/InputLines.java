package org.yuqiao.cli.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.yuqiao.files.Utf8Lines;

/** Lines in chunks; those typed on a terminal arrive one by one. */
public final class InputLines {
  private static final int CHUNK = 1000;

  private InputLines() {}

  /** Passes all lines to {@code work} in chunks. */
  public static void forEachChunk(Consumer<List<String>> work) {
    forEachChunk(CHUNK, work);
  }

  /** Passes all lines to {@code work}, at most {@code size} at a time. */
  public static void forEachChunk(int size, Consumer<List<String>> work) {
    try (Utf8Lines lines =
        Utf8Lines.lenient(
            System.in, "standard input", message -> System.err.println("yuqiao: " + message))) {
      forEachChunk(lines, Terminal.isTyped() ? 1 : size, work);
    }
  }

  /** Passes all lines of {@code lines} to {@code work}, at most {@code size} at a time. */
  public static void forEachChunk(Utf8Lines lines, int size, Consumer<List<String>> work) {
    List<String> chunk = new ArrayList<>();
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      chunk.add(line.get());
      if (chunk.size() == size) {
        work.accept(List.copyOf(chunk));
        chunk.clear();
      }
    }
    if (!chunk.isEmpty()) {
      work.accept(List.copyOf(chunk));
    }
  }
}
