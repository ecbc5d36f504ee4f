package org.yuqiao.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Locale;

/**
 * Horizontal bar charts of probability distributions, one panel each.
 *
 * @param title of the picture
 * @param panels in row-major order
 * @param across panels in a row
 * @param font has all characters of the labels
 */
public record BarPanels(String title, List<Panel> panels, int across, Font font) {
  private static final int MARGIN = 12;
  private static final int BAR = 150;
  private static final double LINE = 1.5;
  private static final Color COLOR = new Color(0x0072B2);
  private static final Color OTHERS = new Color(0x9ECAE1);

  /**
   * One distribution.
   *
   * @param title of the panel
   * @param labels of the bars, top to bottom
   * @param probabilities of the bars
   * @param chosen index of the highlighted bar; -1 for none
   */
  public record Panel(String title, List<String> labels, List<Double> probabilities, int chosen) {}

  /** The panels as a picture. */
  public Picture picture() {
    double labels =
        panels.stream()
            .flatMap(panel -> panel.labels().stream())
            .mapToDouble(label -> HeatMap.width(font, label))
            .max()
            .orElse(0);
    double number = HeatMap.width(font, " 100.0 %");
    double titles =
        panels.stream().mapToDouble(panel -> HeatMap.width(font, panel.title())).max().orElse(0);
    double panelWidth = Math.max(titles, labels + BAR + number) + 2 * MARGIN;
    int bars = panels.stream().mapToInt(panel -> panel.labels().size()).max().orElse(0);
    double panelHeight = (bars + 1) * LINE * font.getSize2D() + 2 * MARGIN;
    double top = MARGIN + LINE * font.getSize2D();
    int columns = Math.min(across, panels.size());
    int rows = (panels.size() + columns - 1) / columns;
    double titleWidth = HeatMap.width(font.deriveFont(Font.BOLD), title) + 2 * MARGIN;
    return new Picture(
        (int) Math.ceil(Math.max(columns * panelWidth + MARGIN, titleWidth)),
        (int) Math.ceil(top + rows * panelHeight),
        graphics -> {
          graphics.setFont(font.deriveFont(Font.BOLD));
          graphics.drawString(title, MARGIN, MARGIN + font.getSize2D());
          for (int i = 0; i < panels.size(); i++) {
            double x = MARGIN + i % columns * panelWidth;
            int row = i / columns;
            double y = top + row * panelHeight + MARGIN;
            paint(graphics, panels.get(i), x, y, labels);
          }
        });
  }

  private void paint(Graphics2D graphics, Panel panel, double x, double y, double labels) {
    double line = LINE * font.getSize2D();
    graphics.setFont(font);
    graphics.setColor(Color.BLACK);
    graphics.drawString(panel.title(), (float) x, (float) (y + font.getSize2D()));
    for (int i = 0; i < panel.labels().size(); i++) {
      double base = y + (i + 1) * line + font.getSize2D();
      String label = panel.labels().get(i);
      double probability = panel.probabilities().get(i);
      graphics.setColor(Color.BLACK);
      graphics.drawString(label, (float) (x + labels - HeatMap.width(font, label)), (float) base);
      int left = (int) Math.round(x + labels + HeatMap.GAP);
      int length = (int) Math.round(BAR * probability);
      graphics.setColor(i == panel.chosen() ? COLOR : OTHERS);
      graphics.fillRect(
          left, (int) Math.round(base - font.getSize2D() + 2), length, font.getSize());
      graphics.setColor(Color.BLACK);
      graphics.drawString(
          String.format(Locale.ROOT, "%.1f %%", 100 * probability),
          (float) left + length + HeatMap.GAP,
          (float) base);
    }
  }
}
