package org.yuqiao.embedding.projection;

import java.util.Locale;
import org.yuqiao.embedding.vectors.PrincipalComponents;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.files.InvalidInputException;

/** The methods that project word vectors to two dimensions. */
public enum ProjectionMethod {
  /** Principal component analysis: a linear projection, in which directions keep their meaning. */
  PCA,
  /** t-SNE: neighbors stay neighbors; distances between groups mean little. */
  TSNE;

  /** The maximum number of points for exact t-SNE. */
  private static final int MAX_POINTS = 2000;

  private static final double PERPLEXITY = 30;

  /**
   * Points in the plane.
   *
   * @param points {@code [n, 2]}
   * @param axes the titles of the axes
   */
  public record Plane(double[][] points, String[] axes) {}

  /**
   * Projects {@code vectors}, scaled to length 1, to two dimensions.
   *
   * @throws InvalidInputException when there are too few or too many vectors
   */
  public Plane project(WordVectors vectors) {
    int min = this == PCA ? 2 : 4;
    if (vectors.size() < min || (this == TSNE && vectors.size() > MAX_POINTS)) {
      throw new InvalidInputException(
          String.format(
              "%s needs %s words, but there are %d",
              this == PCA ? "PCA" : "t-SNE",
              this == PCA ? "at least 2" : "from 4 to " + MAX_POINTS,
              vectors.size()));
    }
    double[][] points = points(vectors.normalized());
    if (this == PCA) {
      PrincipalComponents.Projection projection = PrincipalComponents.project(points, 2);
      return new Plane(
          projection.points(),
          new String[] {
            axis("first", projection.shares()[0]), axis("second", projection.shares()[1])
          });
    }
    double perplexity = Math.min(PERPLEXITY, (vectors.size() - 1) / 3.0);
    return new Plane(new TSne(points, perplexity).run(), new String[] {"t-SNE 1", "t-SNE 2"});
  }

  private static String axis(String number, double share) {
    return String.format(Locale.ROOT, "%s component, %.1f %% of the variance", number, 100 * share);
  }

  /** The vectors in float64; a single dimension is padded with zeros to two. */
  private static double[][] points(WordVectors vectors) {
    double[][] points = new double[vectors.size()][Math.max(2, vectors.dimension())];
    for (int i = 0; i < points.length; i++) {
      float[] row = vectors.row(i);
      for (int j = 0; j < row.length; j++) {
        points[i][j] = row[j];
      }
    }
    return points;
  }
}
