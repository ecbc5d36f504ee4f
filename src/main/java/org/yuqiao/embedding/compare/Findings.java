package org.yuqiao.embedding.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.yuqiao.embedding.compare.AlgorithmComparison.Outcome;
import org.yuqiao.embedding.compare.AlgorithmComparison.Trial;
import org.yuqiao.stats.SeedStatistics;

/** Sentences that state which algorithm is better and which differences are noise. */
final class Findings {
  private Findings() {}

  /**
   * A criterion of comparison.
   *
   * @param predicate describes the algorithm with the higher figure, as "trains faster"
   * @param scale converts the figure to {@code unit}
   */
  private record Criterion(
      String predicate, String unit, Function<Trial, Double> figure, double scale, int digits) {}

  private static final Criterion SPEED =
      new Criterion("trains faster", "words/s", t -> t.result().last().wordsPerSecond(), 1, 0);
  private static final Criterion ACCURACY =
      new Criterion("answers more analogies", "%", Trial::accuracy, 100, 1);

  /** The findings for every pair of algorithms. */
  static List<String> of(List<Outcome> outcomes) {
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      for (int j = i + 1; j < outcomes.size(); j++) {
        sentences.add(sentence(outcomes.get(i), outcomes.get(j), SPEED));
        if (!Double.isNaN(outcomes.get(i).over(Trial::accuracy).mean())) {
          sentences.add(sentence(outcomes.get(i), outcomes.get(j), ACCURACY));
        }
      }
    }
    return sentences;
  }

  private static String sentence(Outcome first, Outcome second, Criterion criterion) {
    SeedStatistics a = first.over(criterion.figure);
    SeedStatistics b = second.over(criterion.figure);
    String figures =
        String.format(
            Locale.ROOT,
            "(%s against %s %s)",
            a.text(criterion.scale, criterion.digits),
            b.text(criterion.scale, criterion.digits),
            criterion.unit);
    String one = first.algorithm().title();
    String two = second.algorithm().title();
    return switch (a.against(b)) {
      case GREATER ->
          String.format("%s %s than %s %s.", capital(one), criterion.predicate, two, figures);
      case LESS ->
          String.format("%s %s than %s %s.", capital(two), criterion.predicate, one, figures);
      case NOISE ->
          String.format(
              "Whether %s or %s %s is noise: seeds differ as much %s.",
              one, two, criterion.predicate, figures);
      case UNKNOWN ->
          String.format(
              "%s and %s %s: one seed cannot separate a difference from noise; see --seeds.",
              capital(one), two, figures);
    };
  }

  private static String capital(String title) {
    return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
  }
}
