package org.yuqiao.cli.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.yuqiao.files.Utf8Lines;

/** Standard input in chunks of lines; typed lines come one by one. */
public final class InputLines {
  private static final int CHUNK = 1000;

  private InputLines() {}

  /** Passes all lines to {@code work} in chunks. */
  public static void forEachChunk(Consumer<List<String>> work) {
    int size = Terminal.isTyped() ? 1 : CHUNK;
    try (Utf8Lines lines =
        Utf8Lines.lenient(
            System.in, "standard input", message -> System.err.println("yuqiao: " + message))) {
      List<String> chunk = new ArrayList<>();
      Optional<String> line = lines.next();
      while (line.isPresent()) {
        chunk.add(line.get());
        if (chunk.size() == size) {
          work.accept(chunk);
          chunk.clear();
        }
        line = lines.next();
      }
      if (!chunk.isEmpty()) {
        work.accept(chunk);
      }
    }
  }
}
