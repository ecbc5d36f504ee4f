package org.yuqiao.embedding.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.yuqiao.embedding.compare.AlgorithmComparison.Outcome;
import org.yuqiao.embedding.compare.AlgorithmComparison.Trial;
import org.yuqiao.embedding.evaluation.AnalogyEvaluation;
import org.yuqiao.embedding.evaluation.FrequencyBands;
import org.yuqiao.embedding.evaluation.NeighborOverlap;
import org.yuqiao.embedding.query.AnalogyMethod;
import org.yuqiao.stats.SeedStatistics;

/**
 * The tables of a comparison of algorithms. Components and methods are the names in {@code
 * report.md} and {@code summary.md}.
 */
record ReportTables(
    List<Outcome> outcomes,
    String about,
    boolean lossCurves,
    List<AlgorithmReport.Pictures> pictures) {
  private static final int NEIGHBORS = 10;

  /** The main results of an algorithm: mean and standard deviation over the seeds. */
  record Row(
      String algorithm, String wordsPerSecond, String seconds, String loss, String accuracy) {}

  /** A section of analogy questions with the accuracy of each algorithm. */
  record Section(String name, int covered, int questions, List<String> accuracies) {}

  /** The percentage of shared neighbors of two trials, by frequency band. */
  record Overlap(String pair, List<String> shares) {}

  List<Row> rows() {
    return outcomes.stream()
        .map(
            outcome ->
                new Row(
                    outcome.algorithm().title(),
                    outcome.over(t -> t.result().last().wordsPerSecond()).text(1, 0),
                    outcome.over(t -> t.result().last().seconds()).text(1, 1),
                    optional(outcome, t -> t.result().last().loss().orElse(Double.NaN), 1, 4),
                    optional(outcome, Trial::accuracy, 100, 1)))
        .toList();
  }

  private static String optional(
      Outcome outcome, Function<Trial, Double> figure, double scale, int digits) {
    SeedStatistics statistics = outcome.over(figure);
    return Double.isNaN(statistics.mean()) ? "-" : statistics.text(scale, digits);
  }

  List<String> findings() {
    return Findings.of(outcomes);
  }

  List<String> algorithms() {
    return outcomes.stream().map(outcome -> outcome.algorithm().title()).toList();
  }

  private Trial first() {
    return outcomes.get(0).trials().get(0);
  }

  boolean hasAnalogies() {
    return first().analogies().isPresent();
  }

  /** The sections with covered questions. */
  List<Section> sections() {
    List<AnalogyEvaluation.Section> sections = first().analogies().orElseThrow().sections();
    return IntStream.range(0, sections.size())
        .filter(i -> sections.get(i).covered() > 0)
        .mapToObj(
            i ->
                new Section(
                    sections.get(i).name(),
                    sections.get(i).covered(),
                    sections.get(i).questions(),
                    outcomes.stream().map(outcome -> accuracies(outcome, i)).toList()))
        .toList();
  }

  private static String accuracies(Outcome outcome, int section) {
    return accuracy(outcome, section, AnalogyMethod.ADD)
        + ", "
        + accuracy(outcome, section, AnalogyMethod.MULTIPLY);
  }

  private static String accuracy(Outcome outcome, int section, AnalogyMethod method) {
    return outcome
        .over(t -> t.analogies().orElseThrow().sections().get(section).accuracy(method))
        .text(100, 1);
  }

  int neighbors() {
    return NEIGHBORS;
  }

  List<String> bands() {
    return List.copyOf(words().keySet());
  }

  private Map<String, List<String>> words() {
    return FrequencyBands.of(first().result().words());
  }

  /** Two seeds of each algorithm, then every pair of algorithms. */
  List<Overlap> overlaps() {
    List<Overlap> overlaps = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      if (outcome.trials().size() > 1) {
        String pair = "two seeds of " + outcome.algorithm().title();
        overlaps.add(overlap(pair, outcome.trials().get(0), outcome.trials().get(1)));
      }
    }
    for (int i = 0; i < outcomes.size(); i++) {
      for (int j = i + 1; j < outcomes.size(); j++) {
        Trial first = outcomes.get(i).trials().get(0);
        Trial second = outcomes.get(j).trials().get(0);
        String pair = first.algorithm().title() + " and " + second.algorithm().title();
        overlaps.add(overlap(pair, first, second));
      }
    }
    return overlaps;
  }

  private Overlap overlap(String pair, Trial first, Trial second) {
    NeighborOverlap overlap =
        new NeighborOverlap(first.result().vectors(), second.result().vectors());
    return new Overlap(
        pair,
        words().values().stream()
            .map(band -> String.format(Locale.ROOT, "%.1f", 100 * overlap.share(band, NEIGHBORS)))
            .toList());
  }
}
