package org.yuqiao.embedding.projection;

import java.awt.Font;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.plot.LabelFont;
import org.yuqiao.plot.Picture;
import org.yuqiao.plot.ScatterChart;

/** A scatter plot of projected word vectors with a label for each word. */
public final class ProjectionPlot {
  private static final int FONT_SIZE = 15;

  private ProjectionPlot() {}

  /**
   * Projects and plots {@code words}.
   *
   * @param font a font file, or empty for an installed font
   * @throws InvalidInputException if there are too few words, the font file lacks one of their
   *     characters, or no installed font has all of them
   */
  public static Picture of(WordVectors words, ProjectionMethod method, Optional<Path> font) {
    Font labels =
        font.map(file -> LabelFont.inFile(file, words.words(), FONT_SIZE))
            .orElseGet(() -> LabelFont.installed(words.words(), FONT_SIZE));
    ProjectionMethod.Projection plane = method.project(words, 2);
    return new ScatterChart(
            plane.axis(0),
            plane.axis(1),
            words.words(),
            Arrays.stream(plane.points()).mapToDouble(point -> point[0]).toArray(),
            Arrays.stream(plane.points()).mapToDouble(point -> point[1]).toArray(),
            labels)
        .picture();
  }
}
