package org.yuqiao.inference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.evaluate.Chrf;
import org.yuqiao.evaluate.Degeneration;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.Utf8Lines;

/**
 * A robustness test: lines as people paste them, by kind, each with the translations that a person
 * would accept. A line a file: kind, tab, source, tab, translations with " | " between them.
 */
public final class AcceptedTranslations {
  private final List<Line> lines;

  /**
   * A line of the test.
   *
   * @param kind what is hard about it
   * @param accepted translations, at least one
   */
  public record Line(String kind, String source, List<String> accepted) {}

  /**
   * A translated line.
   *
   * @param matches whether it is one of the accepted translations, but for case, punctuation and
   *     spaces
   * @param chrf the best sentence chrF to an accepted translation, from 0 to 100
   */
  public record Outcome(
      Line line, String translation, boolean matches, double chrf, boolean degenerate) {}

  /**
   * The outcomes of a kind.
   *
   * @param matching lines with an accepted translation
   * @param chrf the mean of the lines
   */
  public record Summary(int lines, int matching, double chrf, int degenerate) {
    static Summary of(List<Outcome> outcomes) {
      return new Summary(
          outcomes.size(),
          (int) outcomes.stream().filter(Outcome::matches).count(),
          outcomes.stream().mapToDouble(Outcome::chrf).average().orElse(0),
          (int) outcomes.stream().filter(Outcome::degenerate).count());
    }
  }

  private AcceptedTranslations(List<Line> lines) {
    this.lines = List.copyOf(lines);
  }

  /**
   * Reads a test.
   *
   * @throws InvalidInputException naming the line that has not three columns
   */
  public static AcceptedTranslations read(Path file) {
    List<Line> lines = new ArrayList<>();
    try (Utf8Lines text = Utf8Lines.open(file)) {
      for (Optional<String> line = text.next(); line.isPresent(); line = text.next()) {
        String[] columns = line.get().split("\t", -1);
        InvalidInputException.require(
            columns.length == 3 && !columns[2].isBlank(),
            file
                + ", line "
                + (lines.size() + 1)
                + ": expected kind, tab, source, tab, accepted translations");
        List<String> accepted =
            Arrays.stream(columns[2].split(" \\| ")).map(String::strip).toList();
        lines.add(new Line(columns[0], columns[1], accepted));
      }
    }
    InvalidInputException.require(!lines.isEmpty(), "there is no line in " + file);
    return new AcceptedTranslations(lines);
  }

  /** Translates all lines, sentence by sentence, and compares. */
  public List<Outcome> test(
      TranslationModel model, DecodingSettings decoding, LongConsumer progress) {
    List<List<TranslationModel.Translation>> found =
        model.translate(
            lines.stream().map(line -> TranslationModel.Line.of(line.source())).toList(),
            Strategy.withoutScores(decoding),
            progress);
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      String translation = found.get(i).get(0).text();
      boolean degenerate =
          Degeneration.isDegenerate(line.source(), translation, model.settings().target());
      outcomes.add(
          new Outcome(
              line, translation, matches(line, translation), chrf(line, translation), degenerate));
    }
    return outcomes;
  }

  private static boolean matches(Line line, String translation) {
    return line.accepted().stream()
        .map(AcceptedTranslations::plain)
        .anyMatch(plain(translation)::equals);
  }

  /** Letters and digits in lower case; of text without any, all but spaces. */
  private static String plain(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    String plain = lower.replaceAll("[^\\p{L}\\p{N}]", "");
    return plain.isEmpty() ? lower.replaceAll("\\s", "") : plain;
  }

  private static double chrf(Line line, String translation) {
    Chrf chrf = new Chrf();
    return line.accepted().stream()
        .mapToDouble(accepted -> chrf.score(chrf.counts(translation, List.of(accepted))))
        .max()
        .orElse(0);
  }

  /** The outcomes by kind, in the order of the file, and all together under "all". */
  public static Map<String, Summary> summaries(List<Outcome> outcomes) {
    Map<String, List<Outcome>> kinds = new LinkedHashMap<>();
    outcomes.forEach(
        outcome ->
            kinds.computeIfAbsent(outcome.line().kind(), kind -> new ArrayList<>()).add(outcome));
    kinds.put("all", outcomes);
    Map<String, Summary> summaries = new LinkedHashMap<>();
    kinds.forEach((kind, list) -> summaries.put(kind, Summary.of(list)));
    return summaries;
  }
}
