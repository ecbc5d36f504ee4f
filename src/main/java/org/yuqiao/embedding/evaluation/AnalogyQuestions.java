package org.yuqiao.embedding.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.Utf8Lines;

/**
 * Analogy questions in the format of word2vec's questions-words and the Chinese CA8: a line ":
 * name" begins a section, every other line is a question of four words.
 */
public record AnalogyQuestions(List<Section> sections) {
  /** Questions of one kind, in the order of the file. */
  public record Section(String name, List<Question> questions) {}

  /** a is to aStar as b is to bStar. */
  public record Question(String a, String aStar, String b, String bStar) {}

  /**
   * Reads a file.
   *
   * @throws InvalidInputException naming the malformed line, or when there is no question
   */
  public static AnalogyQuestions read(Path file) {
    List<Section> sections = new ArrayList<>();
    try (Utf8Lines lines = Utf8Lines.open(file)) {
      Optional<String> next = lines.next();
      while (next.isPresent()) {
        String line = next.get().strip();
        if (line.startsWith(":")) {
          sections.add(new Section(line.substring(1).strip(), new ArrayList<>()));
        } else if (!line.isEmpty()) {
          if (sections.isEmpty()) {
            sections.add(new Section("questions", new ArrayList<>()));
          }
          sections.get(sections.size() - 1).questions().add(question(line, lines));
        }
        next = lines.next();
      }
    }
    if (sections.stream().allMatch(section -> section.questions().isEmpty())) {
      throw new InvalidInputException(file + ": there are no analogy questions");
    }
    return new AnalogyQuestions(List.copyOf(sections));
  }

  private static Question question(String line, Utf8Lines lines) {
    String[] words = line.split("\\s+");
    if (words.length != 4) {
      throw new InvalidInputException(
          String.format(
              "%s, line %d: expected four words or a section such as \": family\", but found %d"
                  + " words",
              lines.name(), lines.lineNumber(), words.length));
    }
    return new Question(words[0], words[1], words[2], words[3]);
  }
}
