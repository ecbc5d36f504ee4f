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

/** A position encoding: positions downwards, columns of the vector across. */
public final class PositionPlot {
  private static final int FONT_SIZE = 13;
  private static final int SHOWN_WIDTH = 640;
  private static final int SHOWN_HEIGHT = 420;

  private PositionPlot() {}

  /**
   * The table that is added to the embeddings ("Attention Is All You Need", section 3.5).
   *
   * @param positions how many
   * @param width D
   * @throws InvalidInputException when one of them is below 1
   */
  public static Picture sinusoidal(int positions, int width) {
    check(positions, width);
    INDArray table = SinusoidalPositions.table(positions, width);
    return grid(
        "Sinusoidal positions: PE[position, column], D = " + width,
        List.of(map(table)),
        List.of("position (down), column (across)"));
  }

  /**
   * By how much the pairs of columns of queries and keys are turned (Su et al. 2021, section
   * 3.2.2): the cosine and the sine of the angle.
   *
   * @param positions how many
   * @param width d_k, the width of a head
   * @throws InvalidInputException when one of them is below 1, or the width is odd
   */
  public static Picture rotary(int positions, int width) {
    check(positions, width);
    if (width % 2 != 0) {
      throw new InvalidInputException(
          "rotary positions turn pairs of columns, but the width is " + width);
    }
    INDArray angles = RotaryPositions.angles(positions, width);
    return grid(
        "Rotary positions: how far pair i of columns is turned, d_k = " + width,
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

  /** About eight numbers along an axis. */
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
      (double) SHOWN_WIDTH / maps.size() / first.columns().size(),
      (double) SHOWN_HEIGHT / first.rows().size()
    };
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE);
    return new HeatMapGrid(title, List.of(maps), List.of(titles), font, cell).picture();
  }
}
