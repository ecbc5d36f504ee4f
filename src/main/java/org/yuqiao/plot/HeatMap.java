package org.yuqiao.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * A heat map: a matrix as colored cells.
 *
 * @param values {@code [rows][columns]}
 * @param rows the label of each row; may be empty text
 * @param columns the label of each column; may be empty text
 */
public record HeatMap(
    double[][] values, List<String> rows, List<String> columns, ColorScale scale) {
  /** The gap between labels and cells, in pixels. */
  static final int GAP = 4;

  /** The angle of column labels: long words stay readable. */
  private static final double SLANT = -Math.PI / 4;

  /** Paints the cells; {@code x}, {@code y} is the upper left corner. */
  public void paintCells(
      Graphics2D graphics, double x, double y, double cellWidth, double cellHeight) {
    for (int row = 0; row < values.length; row++) {
      for (int column = 0; column < values[row].length; column++) {
        graphics.setColor(scale.color(values[row][column]));
        // Whole pixels without gaps between cells.
        int left = (int) Math.round(x + column * cellWidth);
        int top = (int) Math.round(y + row * cellHeight);
        int right = (int) Math.round(x + (column + 1) * cellWidth);
        int bottom = (int) Math.round(y + (row + 1) * cellHeight);
        graphics.fillRect(left, top, right - left, bottom - top);
      }
    }
    graphics.setColor(Color.GRAY);
    graphics.draw(
        new Rectangle2D.Double(
            x, y, Math.round(columns.size() * cellWidth), Math.round(rows.size() * cellHeight)));
  }

  /** Paints the row labels, right-aligned at {@code x}. */
  public void paintRowLabels(
      Graphics2D graphics, Font font, double x, double y, double cellHeight) {
    graphics.setFont(font);
    graphics.setColor(Color.BLACK);
    for (int row = 0; row < rows.size(); row++) {
      float width = (float) width(font, rows.get(row));
      float middle = (float) (y + (row + 0.5) * cellHeight);
      graphics.drawString(
          rows.get(row), (float) x - GAP - width, middle + 0.35f * font.getSize2D());
    }
  }

  /** Paints the column labels above {@code y}. */
  public void paintColumnLabels(
      Graphics2D graphics, Font font, double x, double y, double cellWidth) {
    graphics.setFont(font);
    graphics.setColor(Color.BLACK);
    for (int column = 0; column < columns.size(); column++) {
      AffineTransform before = graphics.getTransform();
      graphics.translate(x + (column + 0.5) * cellWidth + 0.3 * font.getSize2D(), y - GAP);
      graphics.rotate(SLANT);
      graphics.drawString(columns.get(column), 0, 0);
      graphics.setTransform(before);
    }
  }

  /** The width of the row labels. */
  public double rowLabelWidth(Font font) {
    return rows.stream().mapToDouble(label -> width(font, label)).max().orElse(0) + 2 * GAP;
  }

  /** The height of the slanted column labels, which the last also overhangs to the right. */
  public double columnLabelHeight(Font font) {
    double longest = columns.stream().mapToDouble(label -> width(font, label)).max().orElse(0);
    return (longest + font.getSize2D()) * Math.sin(-SLANT) + 2 * GAP;
  }

  /** Paints a legend: a strip of all colors with the range of values. */
  void paintScale(Graphics2D graphics, Font font, double x, double y, int width) {
    int height = 10;
    for (int i = 0; i < width; i++) {
      double share = (double) i / (width - 1);
      graphics.setColor(scale.color(scale.min() + share * (scale.max() - scale.min())));
      graphics.fillRect((int) x + i, (int) y, 1, height);
    }
    graphics.setFont(font);
    graphics.setColor(Color.BLACK);
    String min = number(scale.min());
    graphics.drawString(min, (float) (x - width(font, min) - GAP), (float) y + height);
    graphics.drawString(number(scale.max()), (float) x + width + GAP, (float) y + height);
  }

  private static String number(double value) {
    return String.valueOf(Math.round(value));
  }

  /** The width of {@code text} in pixels. */
  public static double width(Font font, String text) {
    return font.getStringBounds(text, new FontRenderContext(null, true, true)).getWidth();
  }
}
