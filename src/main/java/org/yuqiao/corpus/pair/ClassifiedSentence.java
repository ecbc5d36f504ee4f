package org.yuqiao.corpus.pair;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.Utf8Lines;

/**
 * A sentence with one label for all of it.
 *
 * @param origin its place, as "file, line n"
 */
public record ClassifiedSentence(String label, String text, String origin) {
  /**
   * All sentences of a file, a line each: label, tab, text.
   *
   * @throws InvalidInputException naming a line of another form
   */
  public static List<ClassifiedSentence> all(Path file) {
    List<ClassifiedSentence> sentences = new ArrayList<>();
    try (Utf8Lines lines = Utf8Lines.open(file)) {
      Optional<String> line = lines.next();
      while (line.isPresent()) {
        String origin = file + ", line " + lines.lineNumber();
        int tab = line.get().indexOf('\t');
        if (tab < 1 || line.get().substring(tab + 1).isBlank()) {
          throw new InvalidInputException(origin + ": expected a label, a tab and a text");
        }
        sentences.add(
            new ClassifiedSentence(
                line.get().substring(0, tab), line.get().substring(tab + 1), origin));
        line = lines.next();
      }
    }
    return sentences;
  }
}
