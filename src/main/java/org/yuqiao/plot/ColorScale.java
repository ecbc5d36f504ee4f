package org.yuqiao.plot;

import java.awt.Color;

/** Maps numbers to colors that color-blind readers can distinguish. */
public enum ColorScale {
  /** From 0 (white) to 1 (dark blue). */
  SHARES(0, 1) {
    @Override
    Color color(double value) {
      double share = Math.min(1, Math.max(0, value));
      return share < 0.5
          ? mixed(Color.WHITE, MIDDLE_BLUE, 2 * share)
          : mixed(MIDDLE_BLUE, DARK_BLUE, 2 * share - 1);
    }
  },
  /** From -1 (red) over 0 (white) to 1 (blue). */
  SIGNED(-1, 1) {
    @Override
    Color color(double value) {
      double size = Math.min(1, Math.abs(value));
      return mixed(Color.WHITE, value < 0 ? RED : BLUE, size);
    }
  };

  private static final Color MIDDLE_BLUE = new Color(0x4292C6);
  private static final Color DARK_BLUE = new Color(0x08306B);
  private static final Color BLUE = new Color(0x2166AC);
  private static final Color RED = new Color(0xB2182B);

  private final double min;
  private final double max;

  ColorScale(double min, double max) {
    this.min = min;
    this.max = max;
  }

  /** The color of {@code value}, clamped to the range. */
  abstract Color color(double value);

  double min() {
    return min;
  }

  double max() {
    return max;
  }

  private static Color mixed(Color from, Color to, double share) {
    return new Color(
        (int) Math.round(from.getRed() + share * (to.getRed() - from.getRed())),
        (int) Math.round(from.getGreen() + share * (to.getGreen() - from.getGreen())),
        (int) Math.round(from.getBlue() + share * (to.getBlue() - from.getBlue())));
  }
}
