package org.yuqiao.figure;

import java.awt.Font;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.layers.attention.RotaryPositions;
import org.yuqiao.layers.attention.SinusoidalPositions;
import org.yuqiao.plot.ColorScale;
import org.yuqiao.plot.HeatMap;
import org.yuqiao.plot.HeatMapGrid;
import org.yuqiao.plot.Picture;

/** Heat maps of position encodings: positions are rows, dimensions are columns. */
public final class PositionPlot {
  private static final int FONT_SIZE = 13;
  private static final int MAP_WIDTH = 640;
  private static final int MAP_HEIGHT = 420;

  private PositionPlot() {}

  /**
   * Plots the sinusoidal encoding ("Attention Is All You Need", section 3.5).
   *
   * @param positions number of positions
   * @param width D
   * @throws InvalidInputException if one of them is below 1
   */
  public static Picture sinusoidal(int positions, int width) {
    check(positions, width);
    INDArray table = SinusoidalPositions.table(positions, width);
    return grid(
        "Sinusoidal positions: PE[position, dimension], D = " + width,
        List.of(map(table)),
        List.of("position (down), dimension (across)"));
  }

  /**
   * Plots cosine and sine of the rotary angles (Su et al. 2021, section 3.2.2), by which pairs of
   * query and key dimensions are rotated.
   *
   * @param positions number of positions
   * @param width d_k, the width of a head
   * @throws InvalidInputException if one of them is below 1, or the width is odd
   */
  public static Picture rotary(int positions, int width) {
    check(positions, width);
    if (width % 2 != 0) {
      throw new InvalidInputException(
          "rotary positions rotate pairs of columns, so the width must be even, not " + width);
    }
    INDArray angles = RotaryPositions.angles(positions, width);
    return grid(
        "Rotary positions: rotation of pair i of dimensions, d_k = " + width,
        List.of(map(Transforms.cos(angles)), map(Transforms.sin(angles))),
        List.of("cosine: position (down), pair (across)", "sine"));
  }

  private static void check(int positions, int width) {
    if (positions < 1 || width < 1) {
      throw new InvalidInputException("positions and width must be at least 1");
    }
  }

  private static HeatMap map(INDArray table) {
    return new HeatMap(
        table.toDoubleMatrix(),
        ticks(Math.toIntExact(table.rows())),
        ticks(Math.toIntExact(table.columns())),
        ColorScale.SIGNED);
  }

  /** Labels for about eight evenly spaced ticks. */
  private static List<String> ticks(int count) {
    int step = 1;
    for (int i = 0; count / step > 8; i++) {
      step = i % 3 == 1 ? step * 5 / 2 : step * 2;
    }
    int every = step;
    return IntStream.range(0, count)
        .mapToObj(i -> i % every == 0 ? String.valueOf(i) : "")
        .toList();
  }

  private static Picture grid(String title, List<HeatMap> maps, List<String> titles) {
    HeatMap first = maps.get(0);
    double[] cell = {
      (double) MAP_WIDTH / maps.size() / first.columns().size(),
      (double) MAP_HEIGHT / first.rows().size()
    };
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE);
    return new HeatMapGrid(title, List.of(maps), List.of(titles), font, cell).picture();
  }
}
