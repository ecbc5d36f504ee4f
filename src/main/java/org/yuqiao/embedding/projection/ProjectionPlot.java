package org.yuqiao.embedding.projection;

import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.plot.LabelFont;
import org.yuqiao.plot.LabelPlacement;

/** A scatter plot of projected word vectors with a label for each word. */
public final class ProjectionPlot {
  private static final int WIDTH = 1400;
  private static final int HEIGHT = 1000;
  private static final int FONT_SIZE = 15;

  /** Space at the borders for labels, as a share of the range. */
  private static final double MARGIN = 0.05;

  private final WordVectors words;
  private final ProjectionMethod method;
  private final Font font;

  /**
   * A picture.
   *
   * @param words the words to show
   * @param font a font file, or empty for an installed font
   * @throws InvalidInputException when the font cannot show the words, or no installed one can
   */
  public ProjectionPlot(WordVectors words, ProjectionMethod method, Optional<Path> font) {
    this.words = words;
    this.method = method;
    this.font =
        font.map(file -> LabelFont.inFile(file, words.words(), FONT_SIZE))
            .orElseGet(() -> LabelFont.installed(words.words(), FONT_SIZE));
  }

  /**
   * Writes the plot as PNG or SVG, by the extension of {@code file}.
   *
   * @throws InvalidInputException for another extension
   */
  public void write(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".png") && !name.endsWith(".svg")) {
      throw new InvalidInputException(
          "a picture's name must end in .png or .svg, but it is " + file);
    }
    XYChart chart = chart(method.project(words));
    AtomicFile.write(
        file,
        out -> {
          if (name.endsWith(".png")) {
            out.write(BitmapEncoder.getBitmapBytes(chart, BitmapEncoder.BitmapFormat.PNG));
          } else {
            VectorGraphicsEncoder.saveVectorGraphic(
                chart, out, VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
          }
        });
  }

  /** The plot as an image. */
  public BufferedImage image() {
    return BitmapEncoder.getBufferedImage(chart(method.project(words)));
  }

  private XYChart chart(ProjectionMethod.Plane plane) {
    double[] x = Arrays.stream(plane.points()).mapToDouble(point -> point[0]).toArray();
    double[] y = Arrays.stream(plane.points()).mapToDouble(point -> point[1]).toArray();
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle(plane.axes()[0])
            .yAxisTitle(plane.axes()[1])
            .build();
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    chart.getStyler().setLegendVisible(false).setChartTitleVisible(false).setMarkerSize(5);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setAnnotationTextFont(font).setAnnotationTextFontColor(Color.BLACK);
    double[] rangeX = range(x);
    double[] rangeY = range(y);
    chart.getStyler().setXAxisMin(rangeX[0]).setXAxisMax(rangeX[1]);
    chart.getStyler().setYAxisMin(rangeY[0]).setYAxisMax(rangeY[1]);
    chart.addSeries("words", x, y).setMarker(SeriesMarkers.CIRCLE);
    // The axes are only laid out once the chart is painted.
    BitmapEncoder.getBufferedImage(chart);
    addLabels(
        chart,
        new Axis(rangeX, chart::getScreenXFromChart),
        new Axis(rangeY, chart::getScreenYFromChart),
        x,
        y);
    return chart;
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

  private void addLabels(XYChart chart, Axis across, Axis up, double[] x, double[] y) {
    List<Point2D> points = new ArrayList<>();
    IntStream.range(0, x.length)
        .forEach(i -> points.add(new Point2D.Double(across.pixel(x[i]), up.pixel(y[i]))));
    Rectangle2D area = new Rectangle2D.Double(0, 0, WIDTH, HEIGHT);
    LabelPlacement placement = new LabelPlacement(area, points);
    FontRenderContext context = new FontRenderContext(null, true, true);
    for (int i = 0; i < x.length; i++) {
      Rectangle2D size = font.getStringBounds(words.word(i), context);
      Rectangle2D place = placement.place(points.get(i), size.getWidth(), size.getHeight());
      chart.addAnnotation(
          new AnnotationText(
              words.word(i),
              across.value(place.getCenterX()),
              up.value(place.getCenterY()),
              false));
    }
  }
}
