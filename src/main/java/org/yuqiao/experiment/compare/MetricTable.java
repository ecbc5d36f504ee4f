package org.yuqiao.experiment.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.yuqiao.evaluate.BootstrapInterval;
import org.yuqiao.evaluate.Metric;
import org.yuqiao.store.ScoreNames;

/**
 * The table of scores by one metric, for the templates of the report.
 *
 * @param direction whether higher or lower scores are better
 * @param signature in sacreBLEU's notation
 * @param rows one for each system
 */
record MetricTable(String name, String direction, String signature, List<ScoreRow> rows) {
  /** The row of a system. */
  record ScoreRow(
      String letter,
      String name,
      String score,
      String seedInterval,
      String sentenceInterval,
      String difference,
      String sentences,
      String seeds,
      String verdict,
      String verdictClass) {}

  /** The scores of all systems and their differences to the baseline. */
  static MetricTable of(Comparison comparison, Metric metric) {
    List<ScoreRow> rows = new ArrayList<>();
    List<SystemScore> scores = comparison.scores().get(metric.name());
    List<BaselineTest> tests = comparison.tests().get(metric.name());
    for (int i = 0; i < scores.size(); i++) {
      CompetingSystem system = comparison.systems().get(i);
      rows.add(
          i == 0
              ? row(
                  system,
                  scores.get(i),
                  "",
                  "",
                  "",
                  comparison.systems().size() > 1 ? "baseline" : "",
                  "")
              : row(
                  system,
                  scores.get(i),
                  String.format(Locale.ROOT, "%+.2f", tests.get(i - 1).difference()),
                  String.format(Locale.ROOT, "%.3f", tests.get(i - 1).sentences()),
                  tests.get(i - 1).seeds().isPresent()
                      ? String.format(Locale.ROOT, "%.3f", tests.get(i - 1).seeds().getAsDouble())
                      : "–",
                  Conclusions.label(tests.get(i - 1)),
                  verdictClass(tests.get(i - 1))));
    }
    return new MetricTable(
        ScoreNames.of(metric.name()),
        metric.higherIsBetter() ? "higher is better" : "lower is better",
        metric.signature(1),
        rows);
  }

  private static String verdictClass(BaselineTest test) {
    return switch (test.verdict()) {
      case NONE, NOISE_OF_SENTENCES, NOISE_OF_SEEDS -> "noise";
      case ONE_SEED, REAL -> test.isBetter() ? "better" : "worse";
    };
  }

  private static ScoreRow row(
      CompetingSystem system,
      SystemScore score,
      String difference,
      String sentences,
      String seeds,
      String verdict,
      String verdictClass) {
    BootstrapInterval interval = score.sentenceInterval();
    return new ScoreRow(
        system.letter(),
        system.name(),
        String.format(Locale.ROOT, "%.2f", score.mean()),
        score.seedInterval().isPresent()
            ? String.format(
                Locale.ROOT,
                "± %.2f (%d)",
                score.seedInterval().getAsDouble(),
                score.seeds().size())
            : "one seed",
        String.format(Locale.ROOT, "%.2f to %.2f", interval.low(), interval.high()),
        difference,
        sentences,
        seeds,
        verdict,
        verdictClass);
  }
}
