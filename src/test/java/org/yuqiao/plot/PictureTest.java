package org.yuqiao.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.figure.AttentionPlot;
import org.yuqiao.figure.LearningRatePlot;
import org.yuqiao.figure.MatrixPlot;
import org.yuqiao.figure.PositionPlot;
import org.yuqiao.figure.SoftmaxPlot;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.train.LearningRateSchedule;

class PictureTest {
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

  @TempDir private Path folder;

  private static Picture schedule() {
    return LearningRatePlot.of(Map.of("noam", new LearningRateSchedule.Noam(1, 512, 4000)), 10_000);
  }

  @Test
  void theNamesEndTellsTheFormat() throws IOException {
    Picture picture = schedule();
    picture.write(folder.resolve("a.png"));
    picture.write(folder.resolve("a.SVG"));
    BufferedImage read = ImageIO.read(folder.resolve("a.png").toFile());
    assertEquals(picture.image().getWidth(), read.getWidth());
    String svg = Files.readString(folder.resolve("a.SVG"));
    assertTrue(svg.contains("<svg") && svg.contains("<path"), svg);
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> picture.write(folder.resolve("a.gif")));
    assertTrue(refused.getMessage().contains(".png or .svg"), refused.getMessage());
  }

  @Test
  void aCellHasTheColorOfItsValue() {
    HeatMap map =
        new HeatMap(
            new double[][] {{0, 1}, {0.5, 0}},
            List.of("a", "b"),
            List.of("c", "d"),
            ColorScale.SHARES);
    Picture cells = new Picture(40, 40, graphics -> map.paintCells(graphics, 0, 0, 20, 20));
    BufferedImage image = cells.image();
    assertEquals(Color.WHITE.getRGB(), image.getRGB(10, 10));
    assertEquals(ColorScale.SHARES.color(1).getRGB(), image.getRGB(30, 10));
    assertEquals(ColorScale.SHARES.color(0.5).getRGB(), image.getRGB(10, 30));
  }

  @Test
  void redAndBlueAreTheSignsOfAPositionMap() {
    // Column 0 is sin(position): 0 at 0, above 0 at 1, below 0 at 4.
    assertEquals(Color.WHITE, ColorScale.SIGNED.color(0));
    Color above = ColorScale.SIGNED.color(Math.sin(1));
    Color below = ColorScale.SIGNED.color(Math.sin(4));
    assertTrue(above.getBlue() > above.getRed() && below.getRed() > below.getBlue());
    assertTrue(PositionPlot.sinusoidal(60, 128).image().getWidth() > 600);
    assertThrows(InvalidInputException.class, () -> PositionPlot.rotary(10, 7));
    assertThrows(InvalidInputException.class, () -> PositionPlot.sinusoidal(0, 8));
  }

  @Test
  void barsAreAsLongAsTheirProbabilities() {
    BarPanels.Panel panel = new BarPanels.Panel("one", List.of("x", "y"), List.of(0.75, 0.25), 0);
    BufferedImage image = new BarPanels("bars", List.of(panel), 1, FONT).picture().image();
    int first = blue(image, new Color(0x0072B2));
    int second = blue(image, new Color(0x9ECAE1));
    assertEquals(3.0, (double) first / second, 0.2);
  }

  private static int blue(BufferedImage image, Color color) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += image.getRGB(x, y) == color.getRGB() ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void tokensLoseTheMarkOfASpace() {
    assertEquals(
        List.of("the", "ing", "(space)", "好"),
        AttentionPlot.labels(List.of("\u2581the", "ing", "\u2581", "好")));
  }

  @Test
  void attentionIsAGridOfLayersAndHeads() {
    float[][][][] weights = new float[2][3][2][2];
    weights[1][2][0][1] = 1;
    List<String> tokens = List.of("\u2581a", "\u2581b");
    BufferedImage two = AttentionPlot.heads("t", tokens, tokens, weights, Optional.empty()).image();
    BufferedImage one =
        AttentionPlot.heads("t", tokens, tokens, new float[][][][] {weights[0]}, Optional.empty())
            .image();
    assertTrue(two.getHeight() > one.getHeight());
    assertEquals(two.getWidth(), one.getWidth());
    assertTrue(blue(two, ColorScale.SHARES.color(1)) > blue(one, ColorScale.SHARES.color(1)));
  }

  @Test
  void aFontThatLacksTheCharactersIsRefusedInASentence() {
    Path none = folder.resolve("none.ttf");
    InvalidInputException refused =
        assertThrows(
            InvalidInputException.class,
            () ->
                SoftmaxPlot.temperatures(
                    List.of("好"), new float[] {1}, List.of(1.0), Optional.of(none)));
    assertTrue(refused.getMessage().contains("no font file"), refused.getMessage());
  }

  @Test
  void labelsMustFitTheMatrix() {
    assertThrows(
        InvalidInputException.class,
        () -> MatrixPlot.of("m", List.of("a"), List.of("b"), Nd4j.ones(2, 1)));
  }

  /** 1 * 512^-0.5 * 4000^-0.5 at the peak (section 5.3 of the paper). */
  @Test
  void theScheduleDrawnIsThatOfTheTrainer() {
    double peak = new LearningRateSchedule.Noam(1, 512, 4000).rate(4000, 0);
    assertEquals(6.987712429686844e-4, peak, 1e-12);
    assertArrayEquals(
        new int[] {760, 420},
        new int[] {schedule().image().getWidth(), schedule().image().getHeight()});
  }
}
