package org.yuqiao.embedding.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.yuqiao.embedding.compare.AlgorithmComparison.Outcome;
import org.yuqiao.embedding.compare.AlgorithmComparison.Trial;
import org.yuqiao.embedding.evaluation.AnalogyEvaluation;
import org.yuqiao.embedding.evaluation.FrequencyBands;
import org.yuqiao.embedding.evaluation.NeighborOverlap;
import org.yuqiao.embedding.io.WordVectorFile;
import org.yuqiao.embedding.projection.ProjectionMethod;
import org.yuqiao.embedding.projection.ProjectionPlot;
import org.yuqiao.embedding.query.AnalogyMethod;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.embedding.word2vec.Word2VecAlgorithm;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.stats.SeedStatistics;

/** A Markdown report with figures that compares CBOW, corrected CBOW and skip-gram. */
public final class AlgorithmReport {
  private static final int NEIGHBORS = 10;
  private static final int DRAWN = 120;

  private final List<Outcome> outcomes;
  private final List<String> notes = new ArrayList<>();

  /** A report about {@code outcomes}. */
  public AlgorithmReport(List<Outcome> outcomes) {
    this.outcomes = List.copyOf(outcomes);
  }

  /**
   * Writes {@code report.md} and its pictures into {@code folder}, with the vectors of each
   * algorithm's first seed.
   *
   * @param drawPictures whether to plot words; needs a font for their characters
   */
  public void write(Path folder, String about, boolean drawPictures) {
    StringBuilder text = new StringBuilder();
    text.append("# CBOW, corrected CBOW and skip-gram\n\n").append(about).append("\n\n");
    text.append(table()).append('\n').append(findings()).append('\n');
    if (LossCurves.write(outcomes, folder.resolve("loss.png"))) {
      text.append("## Loss\n\n![loss curves](loss.png)\n\n");
      text.append("CBOW makes one prediction a word, skip-gram one for each word of context: ");
      text.append("compare the shape of their curves, not the height.\n\n");
    }
    text.append(analogies()).append(overlaps());
    for (Outcome outcome : outcomes) {
      WordVectors vectors = outcome.trials().get(0).result().vectors();
      WordVectorFile.write(vectors, folder.resolve(outcome.algorithm().key() + ".txt"));
      if (drawPictures) {
        text.append(pictures(outcome.algorithm(), vectors, folder));
      }
    }
    AtomicFile.write(folder.resolve("report.md"), text.toString());
  }

  /** The main results, one row an algorithm. */
  public String table() {
    StringBuilder text = new StringBuilder();
    text.append("| algorithm | words/s | seconds | held-out loss | analogies, % (3CosAdd) |\n");
    text.append("| --- | --- | --- | --- | --- |\n");
    for (Outcome outcome : outcomes) {
      text.append("| ").append(outcome.algorithm().title());
      text.append(" | ").append(outcome.over(t -> t.result().last().wordsPerSecond()).text(1, 0));
      text.append(" | ").append(outcome.over(t -> t.result().last().seconds()).text(1, 1));
      text.append(" | ").append(figure(outcome, AlgorithmReport::loss, 1, 4));
      text.append(" | ").append(figure(outcome, Trial::accuracy, 100, 1)).append(" |\n");
    }
    return text.toString();
  }

  private static double loss(Trial trial) {
    return trial.result().last().loss().orElse(Double.NaN);
  }

  private static String figure(
      Outcome outcome, Function<Trial, Double> figure, double scale, int digits) {
    SeedStatistics statistics = outcome.over(figure);
    return Double.isNaN(statistics.mean()) ? "-" : statistics.text(scale, digits);
  }

  /** Sentences that state which algorithm is better and which differences are noise. */
  public String findings() {
    notes.clear();
    for (int i = 0; i < outcomes.size(); i++) {
      for (int j = i + 1; j < outcomes.size(); j++) {
        compare(outcomes.get(i), outcomes.get(j));
      }
    }
    StringBuilder text = new StringBuilder("## Findings\n\n");
    notes.forEach(note -> text.append("- ").append(note).append('\n'));
    return text.toString();
  }

  private void compare(Outcome first, Outcome second) {
    note("trains faster", "words/s", first, second, t -> t.result().last().wordsPerSecond(), 1, 0);
    if (!Double.isNaN(first.over(Trial::accuracy).mean())) {
      note("answers more analogies", "%", first, second, Trial::accuracy, 100, 1);
    }
  }

  private void note(
      String what,
      String unit,
      Outcome first,
      Outcome second,
      Function<Trial, Double> figure,
      double scale,
      int digits) {
    SeedStatistics a = first.over(figure);
    SeedStatistics b = second.over(figure);
    String figures =
        String.format(
            Locale.ROOT, "(%s against %s %s)", a.text(scale, digits), b.text(scale, digits), unit);
    String one = first.algorithm().title();
    String two = second.algorithm().title();
    notes.add(
        switch (a.against(b)) {
          case GREATER -> capital(one) + " " + what + " than " + two + " " + figures + ".";
          case LESS -> capital(two) + " " + what + " than " + one + " " + figures + ".";
          case NOISE ->
              "Whether "
                  + one
                  + " or "
                  + two
                  + " "
                  + what
                  + " is noise: seeds differ as much "
                  + figures
                  + ".";
          case UNKNOWN ->
              capital(one)
                  + " and "
                  + two
                  + " "
                  + figures
                  + ": one seed cannot separate a difference from noise; see --seeds.";
        });
  }

  private static String capital(String title) {
    return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
  }

  private String analogies() {
    if (outcomes.get(0).trials().get(0).analogies().isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("## Analogies by section, % (3CosAdd, 3CosMul)\n\n");
    text.append("| section | covered |");
    outcomes.forEach(outcome -> text.append(' ').append(outcome.algorithm().title()).append(" |"));
    text.append("\n| --- | --- |").append(" --- |".repeat(outcomes.size())).append('\n');
    AnalogyEvaluation.Result first = outcomes.get(0).trials().get(0).analogies().orElseThrow();
    for (int i = 0; i < first.sections().size(); i++) {
      AnalogyEvaluation.Section section = first.sections().get(i);
      if (section.covered() > 0) {
        text.append(
            String.format(
                "| %s | %d of %d |", section.name(), section.covered(), section.questions()));
        for (Outcome outcome : outcomes) {
          text.append(' ').append(accuracies(outcome, i)).append(" |");
        }
        text.append('\n');
      }
    }
    return text.append('\n').toString();
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

  private String overlaps() {
    StringBuilder text = new StringBuilder("## Nearest neighbors in common\n\n");
    text.append(
        String.format(
            "The share, in %%, of the %d nearest neighbors that both have.\n\n", NEIGHBORS));
    Map<String, List<String>> bands =
        FrequencyBands.of(outcomes.get(0).trials().get(0).result().words());
    text.append("| between |");
    bands.keySet().forEach(band -> text.append(' ').append(band).append(" words |"));
    text.append("\n| --- |").append(" --- |".repeat(bands.size())).append('\n');
    for (Outcome outcome : outcomes) {
      if (outcome.trials().size() > 1) {
        String title = "two seeds of " + outcome.algorithm().title();
        text.append(overlap(title, outcome.trials().get(0), outcome.trials().get(1), bands));
      }
    }
    for (int i = 0; i < outcomes.size(); i++) {
      for (int j = i + 1; j < outcomes.size(); j++) {
        Trial first = outcomes.get(i).trials().get(0);
        Trial second = outcomes.get(j).trials().get(0);
        String title = first.algorithm().title() + " and " + second.algorithm().title();
        text.append(overlap(title, first, second, bands));
      }
    }
    return text.append('\n').toString();
  }

  private static String overlap(
      String title, Trial first, Trial second, Map<String, List<String>> bands) {
    NeighborOverlap overlap =
        new NeighborOverlap(first.result().vectors(), second.result().vectors());
    StringBuilder line = new StringBuilder("| " + title + " |");
    bands
        .values()
        .forEach(
            words ->
                line.append(
                    String.format(Locale.ROOT, " %.1f |", 100 * overlap.share(words, NEIGHBORS))));
    return line.append('\n').toString();
  }

  private static String pictures(Word2VecAlgorithm algorithm, WordVectors vectors, Path folder) {
    int[] rows = IntStream.range(0, Math.min(DRAWN, vectors.size())).toArray();
    StringBuilder text = new StringBuilder("## Frequent words, " + algorithm.title() + "\n\n");
    for (ProjectionMethod method : ProjectionMethod.values()) {
      String name = algorithm.key() + "-" + method.name().toLowerCase(Locale.ROOT) + ".png";
      new ProjectionPlot(vectors.select(rows), method, Optional.empty())
          .write(folder.resolve(name));
      text.append("![").append(algorithm.title()).append(", ").append(method);
      text.append("](").append(name).append(")\n\n");
    }
    return text.toString();
  }
}
