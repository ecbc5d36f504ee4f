package org.yuqiao.experiment.compare;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.yuqiao.plot.LineChart;
import org.yuqiao.store.MetricsFile;

/**
 * A chart of a validation metric over training: one line for each run, one color for each system.
 *
 * @param name the file name without extension
 * @param svg the chart as SVG
 */
record CurveChart(String name, String title, byte[] svg) {
  private static final double SECONDS_PER_MINUTE = 60;

  /** The charts of a comparison; none without validations. */
  static List<CurveChart> all(List<CompetingSystem> systems) {
    boolean validated =
        systems.stream().flatMap(s -> s.runs().stream()).anyMatch(r -> !r.validations().isEmpty());
    if (!validated) {
      return List.of();
    }
    ToDoubleFunction<MetricsFile.Line> minutes =
        line -> line.metric("seconds") / SECONDS_PER_MINUTE;
    return List.of(
        draw(systems, "bleu-by-step", "Validation BLEU", "steps", MetricsFile.Line::step, "bleu"),
        draw(systems, "bleu-by-time", "Validation BLEU", "minutes", minutes, "bleu"),
        draw(
            systems,
            "loss-by-step",
            "Validation loss per token",
            "steps",
            MetricsFile.Line::step,
            "loss"));
  }

  private static CurveChart draw(
      List<CompetingSystem> systems,
      String name,
      String title,
      String unit,
      ToDoubleFunction<MetricsFile.Line> x,
      String metric) {
    LineChart chart = new LineChart(title + " by " + unit, unit, title);
    for (CompetingSystem system : systems) {
      chart.group(
          system.letter(),
          system.runs().stream()
              .filter(run -> !run.validations().isEmpty())
              .map(run -> curve(run, x, metric))
              .toList());
    }
    return new CurveChart(name, title + " by " + unit, chart.picture().svg());
  }

  private static LineChart.Curve curve(
      FinishedRun run, ToDoubleFunction<MetricsFile.Line> x, String metric) {
    return new LineChart.Curve(
        run.validations().stream().mapToDouble(x).toArray(),
        run.validations().stream().mapToDouble(line -> line.metric(metric)).toArray());
  }
}
