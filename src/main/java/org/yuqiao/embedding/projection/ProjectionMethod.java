package org.yuqiao.embedding.projection;

import java.util.List;
import java.util.Locale;
import org.yuqiao.embedding.vectors.PrincipalComponents;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.files.InvalidInputException;

/** The methods that project word vectors to two or three dimensions. */
public enum ProjectionMethod {
  /** Principal component analysis: a linear projection, in which directions keep their meaning. */
  PCA,
  /** t-SNE: neighbors stay neighbors; distances between groups mean little. */
  TSNE;

  /** The maximum number of points for exact t-SNE. */
  private static final int MAX_POINTS = 2000;

  private static final double PERPLEXITY = 30;

  /**
   * Projected points.
   *
   * @param points {@code [n, dimensions]}
   * @param explained the explained variance ratio of each component; empty for t-SNE
   */
  public record Projection(double[][] points, double[] explained) {
    /** The title of an axis, 0 being the first. */
    String axis(int dimension) {
      return explained.length == 0
          ? "t-SNE " + (dimension + 1)
          : String.format(
              Locale.ROOT,
              "%s component, %.1f %% of the variance",
              List.of("first", "second", "third").get(dimension),
              100 * explained[dimension]);
    }
  }

  /**
   * Projects {@code vectors}, scaled to length 1.
   *
   * @param dimensions 2 or 3
   * @throws InvalidInputException when there are too few or too many vectors
   * @throws java.util.concurrent.CancellationException when t-SNE is interrupted
   */
  public Projection project(WordVectors vectors, int dimensions) {
    int min = this == PCA ? 2 : 4;
    if (vectors.size() < min || (this == TSNE && vectors.size() > MAX_POINTS)) {
      throw new InvalidInputException(
          String.format(
              "%s needs %s words, but there are %d",
              this == PCA ? "PCA" : "t-SNE",
              this == PCA ? "at least 2" : "from 4 to " + MAX_POINTS,
              vectors.size()));
    }
    double[][] points = points(vectors.normalized(), dimensions);
    if (this == PCA) {
      PrincipalComponents.Projection projection = PrincipalComponents.project(points, dimensions);
      return new Projection(projection.points(), projection.shares());
    }
    double perplexity = Math.min(PERPLEXITY, (vectors.size() - 1) / 3.0);
    return new Projection(new TSne(points, perplexity, dimensions).run(), new double[0]);
  }

  /** The vectors in float64, padded with zeros to {@code minDimension}. */
  private static double[][] points(WordVectors vectors, int minDimension) {
    double[][] points = new double[vectors.size()][Math.max(minDimension, vectors.dimension())];
    for (int i = 0; i < points.length; i++) {
      float[] row = vectors.row(i);
      for (int j = 0; j < row.length; j++) {
        points[i][j] = row[j];
      }
    }
    return points;
  }
}
