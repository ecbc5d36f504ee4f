package org.yuqiao.embedding.vectors;

import java.util.SplittableRandom;

/**
 * Projects word vectors to another width: principal components for fewer dimensions, a random
 * rotation for more. The components keep the maximum variance, the rotation every dot product.
 */
final class WidthProjection {
  private WidthProjection() {}

  /** The vectors {@code [V, D]} in {@code width} dimensions. */
  static float[][] of(float[][] vectors, int width, long seed) {
    int dimension = vectors.length == 0 ? width : vectors[0].length;
    if (dimension == width) {
      return vectors;
    }
    return dimension > width ? narrowed(vectors, width) : widened(vectors, width, seed);
  }

  private static float[][] narrowed(float[][] vectors, int width) {
    double[][] points = new double[vectors.length][];
    for (int i = 0; i < points.length; i++) {
      points[i] = doubles(vectors[i]);
    }
    double[][] projected = PrincipalComponents.project(points, width).points();
    float[][] result = new float[vectors.length][width];
    for (int i = 0; i < result.length; i++) {
      for (int d = 0; d < projected[i].length; d++) {
        result[i][d] = (float) projected[i][d];
      }
    }
    return result;
  }

  private static float[][] widened(float[][] vectors, int width, long seed) {
    double[][] axes = orthonormal(vectors[0].length, width, seed);
    float[][] result = new float[vectors.length][width];
    for (int i = 0; i < result.length; i++) {
      for (int from = 0; from < axes.length; from++) {
        for (int d = 0; d < width; d++) {
          result[i][d] += (float) (vectors[i][from] * axes[from][d]);
        }
      }
    }
    return result;
  }

  /** {@code count} random orthonormal directions (Gram-Schmidt, twice). */
  private static double[][] orthonormal(int count, int width, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] axes = new double[count][width];
    for (int i = 0; i < count; i++) {
      for (int d = 0; d < width; d++) {
        axes[i][d] = random.nextGaussian();
      }
      for (int round = 0; round < 2; round++) {
        for (int j = 0; j < i; j++) {
          addTo(axes[i], -PrincipalComponents.dot(axes[i], axes[j]), axes[j]);
        }
      }
      double length = Math.sqrt(PrincipalComponents.dot(axes[i], axes[i]));
      for (int d = 0; d < width; d++) {
        axes[i][d] /= length;
      }
    }
    return axes;
  }

  private static void addTo(double[] target, double scale, double[] source) {
    for (int d = 0; d < target.length; d++) {
      target[d] += scale * source[d];
    }
  }

  /** The same numbers in double precision. */
  static double[] doubles(float[] values) {
    double[] result = new double[values.length];
    for (int d = 0; d < values.length; d++) {
      result[d] = values[d];
    }
    return result;
  }
}
