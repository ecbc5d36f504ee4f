package org.yuqiao.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.List;

/**
 * A grid of heat maps with common row and column labels at the left and on top.
 *
 * @param title of the picture; may be empty
 * @param maps by row and column of the grid
 * @param titles of the maps
 * @param font has all characters of the labels
 * @param cell width and height of a cell in pixels
 */
public record HeatMapGrid(
    String title, List<List<HeatMap>> maps, List<List<String>> titles, Font font, double[] cell) {
  private static final int MARGIN = 12;

  /** The space between maps, for their titles. */
  private static final int SPACE = 26;

  private static final int SCALE_WIDTH = 120;

  /** The grid as a picture. */
  public Picture picture() {
    HeatMap first = maps.get(0).get(0);
    double left = MARGIN + first.rowLabelWidth(font);
    double mapWidth = first.columns().size() * cell[0];
    double mapHeight = first.rows().size() * cell[1];
    double top = MARGIN + (title.isEmpty() ? 0 : 2 * font.getSize2D());
    double overhang = Math.max(MARGIN, first.columnLabelHeight(font));
    int across = maps.get(0).size();
    double width = left + across * mapWidth + (across - 1) * SPACE + overhang;
    double titleWidth = HeatMap.width(font.deriveFont(Font.BOLD), title) + 2 * MARGIN;
    // The titles of the first row are above the column labels.
    double height =
        top
            + 1.5 * font.getSize2D()
            + first.columnLabelHeight(font)
            + maps.size() * (mapHeight + SPACE)
            + SPACE;
    return new Picture(
        (int) Math.ceil(Math.max(width, Math.max(titleWidth, left + SCALE_WIDTH + 4 * MARGIN))),
        (int) Math.ceil(height),
        graphics -> paint(graphics, left, top, mapWidth, mapHeight));
  }

  private void paint(
      Graphics2D graphics, double left, double top, double mapWidth, double mapHeight) {
    Font bold = font.deriveFont(Font.BOLD);
    graphics.setFont(bold);
    graphics.drawString(title, MARGIN, MARGIN + font.getSize2D());
    HeatMap first = maps.get(0).get(0);
    double y = top + 1.5 * font.getSize2D() + first.columnLabelHeight(font);
    for (int row = 0; row < maps.size(); row++) {
      for (int column = 0; column < maps.get(row).size(); column++) {
        HeatMap map = maps.get(row).get(column);
        double x = left + column * (mapWidth + SPACE);
        map.paintCells(graphics, x, y, cell[0], cell[1]);
        graphics.setFont(font);
        double above = row == 0 ? first.columnLabelHeight(font) + 2 : HeatMap.GAP + 1;
        graphics.setColor(Color.BLACK);
        graphics.drawString(titles.get(row).get(column), (float) x, (float) (y - above));
        if (row == 0) {
          map.paintColumnLabels(graphics, font, x, y, cell[0]);
        }
        if (column == 0) {
          map.paintRowLabels(graphics, font, x, y, cell[1]);
        }
      }
      y += mapHeight + SPACE;
    }
    double strip = left + HeatMap.width(font, "-1") + HeatMap.GAP;
    first.paintScale(graphics, font, strip, y - SPACE / 2.0, SCALE_WIDTH);
  }
}
