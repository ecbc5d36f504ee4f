package org.yuqiao.embedding.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.Utf8Lines;

/**
 * Word pairs with human similarity scores. Each line of a file has word, word and score, separated
 * by tabs, commas or spaces. A first line without a digit in its score is the header; lines that
 * begin with # are comments.
 */
public record SimilarityPairs(List<Pair> pairs) {
  /** Two words and their human similarity score. */
  public record Pair(String first, String second, double score) {}

  /**
   * Reads a file.
   *
   * @throws InvalidInputException naming the malformed line, or when there is no pair
   */
  public static SimilarityPairs read(Path file) {
    List<Pair> pairs = new ArrayList<>();
    try (Utf8Lines lines = Utf8Lines.open(file)) {
      Optional<String> next = lines.next();
      while (next.isPresent()) {
        String line = next.get().strip();
        if (!line.isEmpty() && !line.startsWith("#")) {
          pair(line, lines).ifPresent(pairs::add);
        }
        next = lines.next();
      }
    }
    if (pairs.isEmpty()) {
      throw new InvalidInputException(file + ": there are no word pairs");
    }
    return new SimilarityPairs(List.copyOf(pairs));
  }

  private static Optional<Pair> pair(String line, Utf8Lines lines) {
    String separator = line.indexOf('\t') >= 0 ? "\t" : line.indexOf(',') >= 0 ? "," : "\\s+";
    String[] fields = line.split(separator, -1);
    OptionalDouble score =
        fields.length < 3 || (separator.equals(",") && decimalComma(fields))
            ? OptionalDouble.empty()
            : number(fields[2].strip());
    if (score.isPresent()) {
      return Optional.of(new Pair(fields[0].strip(), fields[1].strip(), score.getAsDouble()));
    }
    boolean digits = fields.length >= 3 && fields[2].chars().anyMatch(Character::isDigit);
    if (fields.length >= 3 && lines.lineNumber() == 1 && !digits) {
      return Optional.empty();
    }
    throw new InvalidInputException(
        lines.name()
            + ", line "
            + lines.lineNumber()
            + ": expected two words and a number, but found \""
            + line
            + "\""
            + (digits && decimalComma(fields) ? "; write the number with a decimal point" : ""));
  }

  /** Whether the score has a decimal comma, which also separates fields where no tab does. */
  private static boolean decimalComma(String[] fields) {
    boolean split =
        fields.length == 4
            && fields[2].strip().matches("\\d+")
            && fields[3].strip().matches("\\d+");
    return split || fields[2].strip().matches("-?\\d+,\\d+");
  }

  private static OptionalDouble number(String field) {
    try {
      double value = Double.parseDouble(field);
      return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
