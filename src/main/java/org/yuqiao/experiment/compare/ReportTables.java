package org.yuqiao.experiment.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.yuqiao.plot.LineChart;

/**
 * The content of a report, for {@code comparison.html} and {@code comparison.md}.
 *
 * @param testSet description of the test set
 * @param systems the column headings
 * @param verdicts the results of the tests as sentences
 * @param settings the differing settings
 * @param costs parameters, speed, time, memory
 * @param metrics scores with confidence intervals and tests
 * @param charts learning curves
 * @param buckets BLEU by reference length
 * @param sentences with the largest differences
 * @param origins the provenance of each run
 * @param leftOut incomplete runs
 */
record ReportTables(
    String title,
    String testSet,
    List<Heading> systems,
    List<String> verdicts,
    List<Row> settings,
    List<Row> costs,
    List<MetricTable> metrics,
    List<Picture> charts,
    List<Row> buckets,
    List<Sentence> sentences,
    List<Origin> origins,
    List<String> leftOut) {
  private static final double GIBIBYTE = Math.pow(2, 30);

  /** A column heading: a system and its color in charts. */
  record Heading(String letter, String name, String color, int seeds, boolean baseline) {}

  /** A table row with one cell for each system. */
  record Row(String label, List<String> cells) {}

  /** A chart and its address. */
  record Picture(String title, String address) {}

  /** A test sentence with all translations. */
  record Sentence(int number, String source, String reference, List<Translation> translations) {}

  /** The translation of a system; {@code mark} is best, worst or empty. */
  record Translation(String letter, String text, String score, String mark) {}

  static ReportTables of(Comparison comparison) {
    List<CompetingSystem> systems = comparison.systems();
    return new ReportTables(
        systems.size() == 1 ? "One system" : systems.size() + " systems compared",
        testSet(comparison),
        headings(comparison),
        Conclusions.of(comparison),
        comparison.settings().entrySet().stream()
            .map(entry -> new Row(entry.getKey(), entry.getValue()))
            .toList(),
        costs(systems),
        comparison.metrics().stream().map(metric -> MetricTable.of(comparison, metric)).toList(),
        List.of(),
        comparison.buckets().stream().map(ReportTables::bucket).toList(),
        comparison.sentences().stream().map(s -> sentence(systems, s)).toList(),
        systems.stream()
            .flatMap(system -> system.runs().stream().map(run -> Origin.of(system, run)))
            .toList(),
        comparison.leftOut());
  }

  /** A copy with charts at the addresses that {@code address} returns. */
  ReportTables with(List<CurveChart> pictures, Function<CurveChart, String> address) {
    return new ReportTables(
        title,
        testSet,
        systems,
        verdicts,
        settings,
        costs,
        metrics,
        pictures.stream().map(chart -> new Picture(chart.title(), address.apply(chart))).toList(),
        buckets,
        sentences,
        origins,
        leftOut);
  }

  /** Conditions of sections: Mustache has no test for an empty list. */
  boolean hasSettings() {
    return !settings.isEmpty();
  }

  boolean hasVerdicts() {
    return !verdicts.isEmpty();
  }

  boolean hasCharts() {
    return !charts.isEmpty();
  }

  boolean hasSentences() {
    return !sentences.isEmpty();
  }

  boolean hasLeftOut() {
    return !leftOut.isEmpty();
  }

  private static String testSet(Comparison comparison) {
    FinishedRun any = comparison.baseline().runs().get(0);
    return any.settings().direction() + ", " + any.translations().size() + " test sentences";
  }

  private static List<Heading> headings(Comparison comparison) {
    List<CompetingSystem> systems = comparison.systems();
    return IntStream.range(0, systems.size())
        .mapToObj(
            i ->
                new Heading(
                    systems.get(i).letter(),
                    systems.get(i).name(),
                    String.format(Locale.ROOT, "#%06x", LineChart.color(i).getRGB() & 0xFFFFFF),
                    systems.get(i).runs().size(),
                    i == 0 && systems.size() > 1))
        .toList();
  }

  private static List<Row> costs(List<CompetingSystem> systems) {
    return List.of(
        cost("parameters", "%,.0f", systems, run -> run.result().parameters()),
        cost("target tokens/s", "%,.0f", systems, run -> run.result().targetTokensPerSecond()),
        cost("minutes of training", "%.1f", systems, run -> run.result().seconds() / 60),
        cost("steps", "%,.0f", systems, run -> run.result().steps()),
        cost("lowest validation perplexity", "%.2f", systems, FinishedRun::lowestPerplexity),
        cost("peak memory, GiB", "%.2f", systems, run -> run.result().peakMemoryBytes() / GIBIBYTE),
        cost(
            "seconds to translate the test set",
            "%.1f",
            systems,
            run -> run.result().translationSeconds()));
  }

  private static Row cost(
      String label,
      String format,
      List<CompetingSystem> systems,
      ToDoubleFunction<FinishedRun> figure) {
    return new Row(
        label,
        systems.stream()
            .map(
                system ->
                    String.format(
                        Locale.ROOT,
                        format,
                        system.runs().stream().mapToDouble(figure).average().orElse(Double.NaN)))
            .toList());
  }

  private static Row bucket(LengthBuckets bucket) {
    List<String> cells = new ArrayList<>();
    cells.add(Integer.toString(bucket.sentences()));
    bucket.scores().forEach(score -> cells.add(String.format(Locale.ROOT, "%.2f", score)));
    return new Row(bucket.label(), cells);
  }

  private static Sentence sentence(List<CompetingSystem> systems, SentenceContrast contrast) {
    double best = contrast.scores().stream().mapToDouble(s -> s).max().orElse(0);
    double worst = contrast.scores().stream().mapToDouble(s -> s).min().orElse(0);
    List<Translation> translations = new ArrayList<>();
    for (int i = 0; i < systems.size(); i++) {
      double score = contrast.scores().get(i);
      translations.add(
          new Translation(
              systems.get(i).letter(),
              contrast.hypotheses().get(i),
              String.format(Locale.ROOT, "%.1f", score),
              score == best ? "best" : score == worst ? "worst" : ""));
    }
    return new Sentence(contrast.number(), contrast.source(), contrast.reference(), translations);
  }
}
