package org.yuqiao.figure;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.plot.ColorScale;
import org.yuqiao.plot.HeatMap;
import org.yuqiao.plot.Picture;

/** A small matrix as a table of colored numbers, blue above 0 and red below. */
public final class MatrixPlot {
  private static final int MARGIN = 12;
  private static final int CELL_WIDTH = 52;
  private static final int CELL_HEIGHT = 26;

  /** Cells above this fraction of the maximum are dark: their numbers are white. */
  private static final double DARK = 0.6;

  private MatrixPlot() {}

  /**
   * Draws {@code matrix}.
   *
   * @param rows a label for each row
   * @param columns a label for each column
   * @throws InvalidInputException if the number of labels is not the shape of the matrix, or no
   *     installed font can display them
   */
  public static Picture of(String title, List<String> rows, List<String> columns, INDArray matrix) {
    if (matrix.rank() != 2 || matrix.rows() != rows.size() || matrix.columns() != columns.size()) {
      throw new InvalidInputException(
          String.format(
              "%d and %d labels do not fit a matrix with %d rows and %d columns",
              rows.size(), columns.size(), matrix.size(0), matrix.size(-1)));
    }
    double[][] values = matrix.toDoubleMatrix();
    List<String> texts = Stream.of(List.of(title), rows, columns).flatMap(List::stream).toList();
    Font font = AttentionPlot.font(texts, Optional.<Path>empty());
    HeatMap map = new HeatMap(normalized(values), rows, columns, ColorScale.SIGNED);
    double left = MARGIN + map.rowLabelWidth(font);
    double top = MARGIN + 2 * font.getSize2D() + map.columnLabelHeight(font);
    double width =
        Math.max(
            left + columns.size() * CELL_WIDTH + map.columnLabelHeight(font),
            HeatMap.width(font.deriveFont(Font.BOLD), title) + 2 * MARGIN);
    return new Picture(
        (int) Math.ceil(width),
        (int) Math.ceil(top + rows.size() * CELL_HEIGHT + MARGIN),
        graphics -> {
          graphics.setFont(font.deriveFont(Font.BOLD));
          graphics.drawString(title, MARGIN, MARGIN + font.getSize2D());
          map.paintCells(graphics, left, top, CELL_WIDTH, CELL_HEIGHT);
          map.paintRowLabels(graphics, font, left, top, CELL_HEIGHT);
          map.paintColumnLabels(graphics, font, left, top, CELL_WIDTH);
          numbers(graphics, font, values, map.values(), left, top);
        });
  }

  private static double[][] normalized(double[][] values) {
    double max =
        Stream.of(values)
            .flatMapToDouble(row -> Arrays.stream(row))
            .filter(Double::isFinite)
            .map(Math::abs)
            .max()
            .orElse(0);
    double[][] result = new double[values.length][];
    for (int i = 0; i < values.length; i++) {
      result[i] = new double[values[i].length];
      for (int j = 0; j < values[i].length; j++) {
        result[i][j] = max == 0 ? 0 : values[i][j] / max;
      }
    }
    return result;
  }

  private static void numbers(
      Graphics2D graphics,
      Font font,
      double[][] values,
      double[][] scaled,
      double left,
      double top) {
    graphics.setFont(font);
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values[i].length; j++) {
        String number = String.format(Locale.ROOT, "%.2f", values[i][j]);
        graphics.setColor(Math.abs(scaled[i][j]) > DARK ? Color.WHITE : Color.BLACK);
        double x = left + (j + 0.5) * CELL_WIDTH - HeatMap.width(font, number) / 2;
        graphics.drawString(
            number, (float) x, (float) (top + (i + 0.5) * CELL_HEIGHT) + 0.35f * font.getSize2D());
      }
    }
  }
}
