package org.yuqiao.experiment.compare;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.yuqiao.store.MetricsFile;

/**
 * A figure of validation over training, a line for each run; the runs of a system have its color.
 *
 * @param name of its file
 * @param title what is drawn
 * @param svg the picture
 */
record CurveChart(String name, String title, byte[] svg) {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 400;
  private static final double SECONDS_PER_MINUTE = 60;

  /** Colors that color-blind readers can distinguish (Okabe and Ito 2008). */
  private static final List<Color> COLORS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0x000000),
          new Color(0x56B4E9),
          new Color(0xE69F00));

  /** The charts of a comparison; none when nothing was validated. */
  static List<CurveChart> all(List<CompetingSystem> systems) {
    boolean validated =
        systems.stream().flatMap(s -> s.runs().stream()).anyMatch(r -> !r.validations().isEmpty());
    if (!validated) {
      return List.of();
    }
    ToDoubleFunction<MetricsFile.Line> minutes =
        line -> line.figure("seconds") / SECONDS_PER_MINUTE;
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
      String figure) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title + " by " + unit)
            .xAxisTitle(unit)
            .yAxisTitle(title)
            .build();
    Styler styler = chart.getStyler();
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setLegendBorderColor(Color.WHITE);
    for (int i = 0; i < systems.size(); i++) {
      boolean first = true;
      for (FinishedRun run : systems.get(i).runs()) {
        if (!run.validations().isEmpty()) {
          addRun(chart, systems.get(i), i, run, first, x, figure);
          first = false;
        }
      }
    }
    return new CurveChart(name, title + " by " + unit, svg(chart));
  }

  private static void addRun(
      XYChart chart,
      CompetingSystem system,
      int index,
      FinishedRun run,
      boolean first,
      ToDoubleFunction<MetricsFile.Line> x,
      String figure) {
    XYSeries series =
        chart.addSeries(
            first ? system.letter() : system.letter() + " " + run.path(),
            run.validations().stream().mapToDouble(x).toArray(),
            run.validations().stream().mapToDouble(line -> line.figure(figure)).toArray());
    series.setShowInLegend(first);
    series.setLineColor(color(index));
    series.setMarkerColor(color(index));
    series.setMarker(SeriesMarkers.CIRCLE);
    boolean repeated = index >= COLORS.size();
    series.setLineStyle(
        repeated
            ? new BasicStroke(
                1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {6, 4}, 0)
            : new BasicStroke(1.5f));
  }

  /** The color of a system by its place; after the last the first comes again, dashed. */
  static Color color(int index) {
    return COLORS.get(index % COLORS.size());
  }

  private static byte[] svg(XYChart chart) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      VectorGraphicsEncoder.saveVectorGraphic(
          chart, out, VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
      return out.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
  }
}
