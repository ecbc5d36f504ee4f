package org.yuqiao.plot;

import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.knowm.xchart.internal.chartpart.Chart;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;

/** A drawing of fixed size on white, shown in notebooks or written as PNG or SVG. */
public final class Picture {
  private final int width;
  private final int height;
  private final Consumer<Graphics2D> painter;

  /**
   * Creates a picture.
   *
   * @param width in pixels
   * @param height in pixels
   * @param painter paints the whole drawing, once for each output
   */
  public Picture(int width, int height, Consumer<Graphics2D> painter) {
    this.width = width;
    this.height = height;
    this.painter = painter;
  }

  /** A picture of an XChart chart. */
  static Picture of(Chart<?, ?> chart) {
    int width = chart.getWidth();
    int height = chart.getHeight();
    return new Picture(width, height, graphics -> chart.paint(graphics, width, height));
  }

  /** The picture as pixels, as notebooks show it. */
  public BufferedImage image() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    paint(graphics);
    graphics.dispose();
    return image;
  }

  private void paint(Graphics2D graphics) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(Color.BLACK);
    painter.accept(graphics);
  }

  /** The picture as an SVG document. */
  public byte[] svg() {
    VectorGraphics2D graphics = new VectorGraphics2D();
    paint(graphics);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Processors.get("svg")
          .getDocument(graphics.getCommands(), new PageSize(width, height))
          .writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * Checks the extension of a picture's file, before long work for it.
   *
   * @throws InvalidInputException for another extension than {@code .png} or {@code .svg}
   */
  public static void requireFormat(Path file) {
    if (!hasExtension(file, ".png") && !hasExtension(file, ".svg")) {
      throw new InvalidInputException(
          "a picture's name must end in .png or .svg, but it is " + file);
    }
  }

  private static boolean hasExtension(Path file, String extension) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(extension);
  }

  /**
   * Writes the picture as PNG or SVG, by the extension of {@code file}.
   *
   * @throws InvalidInputException for another extension, or if the file cannot be written
   */
  public void write(Path file) {
    requireFormat(file);
    if (hasExtension(file, ".png")) {
      AtomicFile.write(file, out -> ImageIO.write(image(), "png", out));
    } else {
      byte[] svg = svg();
      AtomicFile.write(file, out -> out.write(svg));
    }
  }
}
