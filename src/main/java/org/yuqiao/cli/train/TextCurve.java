package org.yuqiao.cli.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A curve drawn with characters: a star for each value, dots between them. */
record TextCurve(List<Long> steps, List<Double> values) {
  private static final int WIDTH = 60;
  private static final int HEIGHT = 12;

  /** The lines, the maximum on top. */
  List<String> lines() {
    double low = values.stream().mapToDouble(v -> v).min().orElse(0);
    double high = values.stream().mapToDouble(v -> v).max().orElse(0);
    char[][] grid = new char[HEIGHT][WIDTH];
    for (char[] row : grid) {
      Arrays.fill(row, ' ');
    }
    for (int i = 0; i + 1 < values.size(); i++) {
      dots(grid, i, low, high);
    }
    for (int i = 0; i < values.size(); i++) {
      grid[row(values.get(i), low, high)][column(steps.get(i))] = '*';
    }
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < HEIGHT; row++) {
      double value = high - (high - low) * row / (HEIGHT - 1);
      boolean labeled = row % 3 == 0 || row == HEIGHT - 1;
      String label = labeled ? String.format(Locale.ROOT, "%9.2f", value) : " ".repeat(9);
      lines.add((label + " |" + new String(grid[row])).stripTrailing());
    }
    lines.add(" ".repeat(10) + "+" + "-".repeat(WIDTH));
    String first = Long.toString(steps.get(0));
    String last = steps.get(steps.size() - 1) + " steps";
    lines.add(
        " ".repeat(11)
            + (steps.size() == 1
                ? first + " steps"
                : first + " ".repeat(WIDTH - first.length() - last.length()) + last));
    return lines;
  }

  private void dots(char[][] grid, int i, double low, double high) {
    int from = column(steps.get(i));
    int to = column(steps.get(i + 1));
    for (int column = from + 1; column < to; column++) {
      double share = (double) (column - from) / (to - from);
      double value = values.get(i) + share * (values.get(i + 1) - values.get(i));
      grid[row(value, low, high)][column] = '.';
    }
  }

  private int column(long step) {
    long first = steps.get(0);
    long span = Math.max(1, steps.get(steps.size() - 1) - first);
    return (int) ((step - first) * (WIDTH - 1) / span);
  }

  private static int row(double value, double low, double high) {
    return high == low
        ? HEIGHT - 1
        : (int) Math.round((high - value) / (high - low) * (HEIGHT - 1));
  }
}
