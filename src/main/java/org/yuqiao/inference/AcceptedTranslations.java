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
import org.yuqiao.text.protect.ProtectedText;

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
   * @param copied its protected spans that the translation has
   * @param spans all its protected spans: numbers, URLs, e-mail addresses, tags, placeholders
   */
  public record Outcome(
      Line line,
      String translation,
      boolean matches,
      double chrf,
      boolean degenerate,
      int copied,
      int spans) {}

  /**
   * The outcomes of a kind.
   *
   * @param matching lines with an accepted translation
   * @param chrf the mean of the lines
   * @param copied protected spans that the translations have
   * @param spans protected spans of the sources
   */
  public record Summary(
      int lines, int matching, double chrf, int degenerate, int copied, int spans) {
    static Summary of(List<Outcome> outcomes) {
      return new Summary(
          outcomes.size(),
          (int) outcomes.stream().filter(Outcome::matches).count(),
          outcomes.stream().mapToDouble(Outcome::chrf).average().orElse(0),
          (int) outcomes.stream().filter(Outcome::degenerate).count(),
          outcomes.stream().mapToInt(Outcome::copied).sum(),
          outcomes.stream().mapToInt(Outcome::spans).sum());
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
    return test(model, decoding, false, progress);
  }

  /**
   * The same with protected spans.
   *
   * @param protect whether they are copied
   * @throws InvalidInputException when they are and the model has no placeholders
   */
  public List<Outcome> test(
      TranslationModel model, DecodingSettings decoding, boolean protect, LongConsumer progress) {
    List<List<TranslationModel.Translation>> found =
        model.translate(
            lines.stream()
                .map(line -> new TranslationModel.Line(line.source(), "", protect))
                .toList(),
            Strategy.withoutScores(decoding),
            progress);
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      String translation = found.get(i).get(0).text();
      boolean degenerate =
          Degeneration.isDegenerate(line.source(), translation, model.settings().target());
      ProtectedText spans = ProtectedText.of(line.source(), model.settings().source());
      outcomes.add(
          new Outcome(
              line,
              translation,
              matches(line, translation),
              chrf(line, translation),
              degenerate,
              spans.copied(translation),
              spans.spans().size()));
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
