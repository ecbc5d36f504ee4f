package org.yuqiao.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Labeled points in the plane; labels avoid one another.
 *
 * @param xAxis the title of the horizontal axis
 * @param yAxis the title of the vertical axis
 * @param labels one for each point
 * @param x the horizontal coordinate of each point
 * @param y the vertical coordinate of each point
 * @param font has all characters of the labels
 */
public record ScatterChart(
    String xAxis, String yAxis, List<String> labels, double[] x, double[] y, Font font) {
  private static final int WIDTH = 1400;
  private static final int HEIGHT = 1000;

  /** Space at the borders for labels, as a share of the range. */
  private static final double MARGIN = 0.05;

  /** The chart as a picture. */
  public Picture picture() {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle(xAxis)
            .yAxisTitle(yAxis)
            .build();
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    chart.getStyler().setLegendVisible(false).setChartTitleVisible(false).setMarkerSize(5);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setAnnotationTextFont(font).setAnnotationTextFontColor(Color.BLACK);
    double[] rangeX = range(x);
    double[] rangeY = range(y);
    chart.getStyler().setXAxisMin(rangeX[0]).setXAxisMax(rangeX[1]);
    chart.getStyler().setYAxisMin(rangeY[0]).setYAxisMax(rangeY[1]);
    chart.addSeries("points", x, y).setMarker(SeriesMarkers.CIRCLE);
    layOut(chart);
    addLabels(
        chart,
        new Axis(rangeX, chart::getScreenXFromChart),
        new Axis(rangeY, chart::getScreenYFromChart));
    return Picture.of(chart);
  }

  /** XChart computes the positions of its axes only while it paints. */
  private static void layOut(XYChart chart) {
    Picture.of(chart).image();
  }

  private static double[] range(double[] values) {
    double min = Arrays.stream(values).min().orElse(0);
    double max = Arrays.stream(values).max().orElse(0);
    double margin = max > min ? MARGIN * (max - min) : 1;
    return new double[] {min - margin, max + margin};
  }

  /** Converts values to pixels and back. */
  private static final class Axis {
    private final double origin;
    private final double pixel;
    private final double perValue;

    Axis(double[] range, DoubleUnaryOperator screen) {
      this.origin = range[0];
      this.pixel = screen.applyAsDouble(range[0]);
      this.perValue = (screen.applyAsDouble(range[1]) - pixel) / (range[1] - range[0]);
    }

    double pixel(double value) {
      return pixel + (value - origin) * perValue;
    }

    double value(double at) {
      return origin + (at - pixel) / perValue;
    }
  }

  private void addLabels(XYChart chart, Axis across, Axis up) {
    List<Point2D> points =
        IntStream.range(0, x.length)
            .<Point2D>mapToObj(i -> new Point2D.Double(across.pixel(x[i]), up.pixel(y[i])))
            .toList();
    LabelPlacement placement =
        new LabelPlacement(new Rectangle2D.Double(0, 0, WIDTH, HEIGHT), points);
    FontRenderContext context = new FontRenderContext(null, true, true);
    for (int i = 0; i < x.length; i++) {
      Rectangle2D size = font.getStringBounds(labels.get(i), context);
      Rectangle2D place = placement.place(points.get(i), size.getWidth(), size.getHeight());
      chart.addAnnotation(
          new AnnotationText(
              labels.get(i),
              across.value(place.getCenterX()),
              up.value(place.getCenterY()),
              false));
    }
  }
}
