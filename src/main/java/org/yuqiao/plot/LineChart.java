package org.yuqiao.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A line chart in colors that color-blind readers can distinguish.
 *
 * <p>A curve is drawn with at most {@value #MAX_POINTS} points, to keep files small.
 */
public final class LineChart {
  static final int MAX_POINTS = 300;

  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;

  /** The palette of Okabe and Ito (2008). */
  private static final List<Color> COLORS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0x000000),
          new Color(0x56B4E9),
          new Color(0xE69F00));

  private final XYChart chart;
  private int lines;

  /** The points of a curve. */
  public record Curve(double[] x, double[] y) {
    /** At most {@link #MAX_POINTS} evenly spaced points, including the first and the last. */
    Curve subsampled() {
      if (x.length <= MAX_POINTS) {
        return this;
      }
      int[] kept =
          IntStream.range(0, MAX_POINTS)
              .map(i -> (int) ((long) i * (x.length - 1) / (MAX_POINTS - 1)))
              .toArray();
      return new Curve(
          IntStream.of(kept).mapToDouble(i -> x[i]).toArray(),
          IntStream.of(kept).mapToDouble(i -> y[i]).toArray());
    }
  }

  /** Creates an empty chart with a title and axis titles. */
  public LineChart(String title, String x, String y) {
    this.chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    Styler styler = chart.getStyler();
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Vertical);
    styler.setLegendBorderColor(Color.WHITE);
  }

  /** The color of line {@code index}; colors repeat, with dashes. */
  public static Color color(int index) {
    return COLORS.get(index % COLORS.size());
  }

  /** Adds a line without markers. */
  public void line(String name, double[] x, double[] y) {
    add(name, new Curve(x, y), SeriesMarkers.NONE);
    lines++;
  }

  /** Adds a line with a marker at each point. */
  public void points(String name, double[] x, double[] y) {
    add(name, new Curve(x, y), SeriesMarkers.CIRCLE);
    lines++;
  }

  /** Adds curves with the same color and one legend entry, as runs that differ in the seed. */
  public void group(String name, List<Curve> curves) {
    for (int i = 0; i < curves.size(); i++) {
      String own = i == 0 ? name : name + " (" + (i + 1) + ")";
      add(own, curves.get(i), SeriesMarkers.CIRCLE).setShowInLegend(i == 0);
    }
    lines++;
  }

  /** Adds a line with markers on a second axis at the right. */
  public void rightAxis(String axis, String name, double[] x, double[] y) {
    add(name, new Curve(x, y), SeriesMarkers.DIAMOND).setYAxisGroup(1);
    chart.getStyler().setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
    chart.setYAxisGroupTitle(1, axis);
    lines++;
  }

  private XYSeries add(String name, Curve curve, Marker marker) {
    Curve drawn = curve.subsampled();
    boolean repeated = lines >= COLORS.size();
    float[] dashes = repeated ? new float[] {6, 4} : null;
    XYSeries series = chart.addSeries(name, drawn.x(), drawn.y());
    series.setMarker(marker);
    series.setLineColor(color(lines));
    series.setMarkerColor(color(lines));
    series.setLineStyle(
        new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes, 0));
    return series;
  }

  /** The chart as a picture, with a legend if there are several lines. */
  public Picture picture() {
    chart.getStyler().setLegendVisible(lines > 1);
    return Picture.of(chart);
  }
}
