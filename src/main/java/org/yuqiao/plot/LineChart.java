package org.yuqiao.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lines over a common axis, in colors that color-blind readers can distinguish. */
public final class LineChart {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;

  /** Okabe and Ito 2008. */
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

  /** An empty chart. */
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

  /** A smooth line. */
  public void line(String name, double[] x, double[] y) {
    add(name, x, y, SeriesMarkers.NONE);
  }

  /** A line through points that are shown. */
  public void points(String name, double[] x, double[] y) {
    add(name, x, y, SeriesMarkers.CIRCLE);
  }

  private void add(String name, double[] x, double[] y, Marker marker) {
    Color color = COLORS.get(lines % COLORS.size());
    boolean repeated = lines >= COLORS.size();
    float[] dashes = repeated ? new float[] {6, 4} : null;
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(marker);
    series.setLineColor(color);
    series.setMarkerColor(color);
    series.setLineStyle(
        new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes, 0));
    lines++;
  }

  public Picture picture() {
    chart.getStyler().setLegendVisible(lines > 1);
    return Picture.of(chart);
  }
}
