package org.yuqiao.embedding.projection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.embedding.Fixtures;
import org.yuqiao.embedding.vectors.PrincipalComponents;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.plot.LabelPlacement;
import org.yuqiao.plot.Picture;

class ProjectionTest {
  @TempDir private Path folder;

  /** Expected values from numpy.linalg.eigh. */
  @Test
  void principalComponentsAreNumpys() {
    double[][] points = {
      {2.5, 2.4, 1.0},
      {0.5, 0.7, 0.2},
      {2.2, 2.9, 1.5},
      {1.9, 2.2, 0.3},
      {3.1, 3.0, 2.0},
      {2.3, 2.7, 0.1}
    };
    PrincipalComponents.Projection projection = PrincipalComponents.project(points, 2);
    assertArrayEquals(
        new double[] {
          0.3876840676299871,
          -2.302417865042753,
          0.7344858847098847,
          -0.4460822459236037,
          1.6056265078898262,
          0.02070365073665892
        },
        Arrays.stream(projection.points()).mapToDouble(p -> p[0]).toArray(),
        1e-9);
    assertArrayEquals(
        new double[] {
          -0.011484382339220969,
          0.49109249985137804,
          0.30784443407262024,
          -0.3882428707443141,
          0.469500397632548,
          -0.8687100784730116
        },
        Arrays.stream(projection.points()).mapToDouble(p -> p[1]).toArray(),
        1e-9);
    assertArrayEquals(
        new double[] {0.8389428452100887, 0.13987169005316286}, projection.shares(), 1e-12);
  }

  /** {@code groups} far from each other, {@code size} points in each. */
  private static double[][] clusters(int groups, int size, int dimension) {
    Random random = new Random(11);
    double[][] points = new double[groups * size][dimension];
    for (int i = 0; i < points.length; i++) {
      for (int d = 0; d < dimension; d++) {
        points[i][d] = random.nextGaussian() + (d == i / size ? 12 : 0);
      }
    }
    return points;
  }

  @Test
  void everyPointGetsThePerplexityAskedFor() {
    double[][] distances = TSne.squaredDistances(clusters(3, 20, 5));
    assertEquals(0, distances[4][4]);
    for (double perplexity : new double[] {2, 7.5, 30}) {
      double[][] conditional = new Perplexity(perplexity).conditional(distances);
      for (int i = 0; i < conditional.length; i++) {
        assertEquals(0, conditional[i][i]);
        assertEquals(1, Arrays.stream(conditional[i]).sum(), 1e-12);
        assertEquals(perplexity, Math.exp(Perplexity.entropy(conditional[i])), 1e-4 * perplexity);
      }
    }
    double[][] joint = new Perplexity(5).joint(distances);
    assertEquals(1, Arrays.stream(joint).flatMapToDouble(Arrays::stream).sum(), 1e-12);
    assertEquals(joint[3][17], joint[17][3]);
  }

  @Test
  void tSneKeepsNeighbors() {
    int size = 25;
    double[][] points = clusters(4, size, 10);
    TSne placement = new TSne(points, 10, 2);
    double before = placement.divergence();
    double[][] plane = placement.run();
    assertTrue(placement.divergence() < before / 3, before + " to " + placement.divergence());
    double[][] distances = TSne.squaredDistances(plane);
    for (int i = 0; i < points.length; i++) {
      int self = i;
      List<Integer> nearest =
          IntStream.range(0, points.length)
              .boxed()
              .filter(j -> j != self)
              .sorted((a, b) -> Double.compare(distances[self][a], distances[self][b]))
              .limit(size - 1)
              .toList();
      assertTrue(nearest.stream().allMatch(j -> j / size == self / size), "point " + i);
    }
    assertArrayEquals(plane, new TSne(points, 10, 2).run());
  }

  @Test
  void theFirstTwoOfThreePrincipalComponentsAreThoseOfThePlane() {
    WordVectors vectors = Fixtures.random(30, 8, 5);
    ProjectionMethod.Projection plane = ProjectionMethod.PCA.project(vectors, 2);
    ProjectionMethod.Projection space = ProjectionMethod.PCA.project(vectors, 3);
    for (int i = 0; i < vectors.size(); i++) {
      assertArrayEquals(plane.points()[i], Arrays.copyOf(space.points()[i], 2));
    }
    assertArrayEquals(plane.explained(), Arrays.copyOf(space.explained(), 2));
    assertTrue(space.explained()[2] > 0 && space.explained()[2] <= space.explained()[1]);
  }

  @Test
  void tSneInThreeDimensionsLosesLessThanInThePlane() {
    double[][] points = clusters(5, 12, 10);
    TSne plane = new TSne(points, 8, 2);
    plane.run();
    TSne space = new TSne(points, 8, 3);
    double[][] placed = space.run();
    assertTrue(space.divergence() < plane.divergence());
    assertArrayEquals(placed, new TSne(points, 8, 3).run());
  }

  @Test
  void anInterruptEndsTSne() {
    TSne placement = new TSne(clusters(2, 12, 4), 5, 2);
    Thread.currentThread().interrupt();
    assertThrows(CancellationException.class, placement::run);
    assertTrue(Thread.interrupted());
  }

  @Test
  void tSneGoesDownhillAlongItsGradient() {
    // At the end of the descent the divergence changes little in any direction.
    TSne placement = new TSne(clusters(2, 12, 4), 5, 2);
    placement.run();
    double end = placement.divergence();
    assertTrue(end > 0 && end < 0.5, "divergence " + end);
  }

  @Test
  void labelsBesideOneAnotherDoNotCover() {
    List<Point2D> points = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      points.add(new Point2D.Double(200 + 3 * i, 200));
    }
    LabelPlacement placement = new LabelPlacement(new Rectangle2D.Double(0, 0, 400, 400), points);
    List<Rectangle2D> placed = new ArrayList<>();
    for (Point2D point : points) {
      Rectangle2D place = placement.place(point, 60, 15);
      assertTrue(placed.stream().noneMatch(place::intersects), placed + " " + place);
      placed.add(place);
    }
  }

  @Test
  void aPictureIsDrawnInBothFormats() throws IOException {
    WordVectors vectors = Fixtures.vectors("plural.txt");
    for (ProjectionMethod method : ProjectionMethod.values()) {
      Path png = folder.resolve(method + ".png");
      ProjectionPlot.of(vectors, method, Optional.empty()).write(png);
      assertEquals(1400, ImageIO.read(png.toFile()).getWidth());
    }
    Path svg = folder.resolve("plot.svg");
    ProjectionPlot.of(vectors, ProjectionMethod.PCA, Optional.empty()).write(svg);
    assertTrue(Files.readString(svg).contains("<svg"));
    Picture plot = ProjectionPlot.of(vectors, ProjectionMethod.PCA, Optional.empty());
    assertThrows(InvalidInputException.class, () -> plot.write(folder.resolve("plot.gif")));
  }

  @Test
  void withoutAFontForAWordTheUserIsToldWhatToInstall() {
    // No font has a glyph for a character that does not exist.
    WordVectors vectors =
        new WordVectors(List.of("a", "\uDBFF\uDFFE"), 2, new float[] {1, 2, 3, 4});
    String message =
        assertThrows(
                InvalidInputException.class,
                () -> ProjectionPlot.of(vectors, ProjectionMethod.PCA, Optional.empty()))
            .getMessage();
    assertTrue(message.contains("fonts-noto-cjk"), message);
    Path missing = folder.resolve("none.ttf");
    assertThrows(
        InvalidInputException.class,
        () -> ProjectionPlot.of(vectors, ProjectionMethod.PCA, Optional.of(missing)));
  }

  @Test
  void tooFewWordsAreRefused() {
    WordVectors one = Fixtures.random(1, 3, 1);
    assertThrows(InvalidInputException.class, () -> ProjectionMethod.PCA.project(one, 2));
    WordVectors many = Fixtures.random(2001, 1, 1);
    assertThrows(InvalidInputException.class, () -> ProjectionMethod.TSNE.project(many, 2));
    WordVectors flat = Fixtures.random(9, 1, 1);
    for (ProjectionMethod method : ProjectionMethod.values()) {
      assertEquals(2, method.project(flat, 2).points()[0].length);
      assertEquals(3, method.project(flat, 3).points()[0].length);
    }
  }
}
