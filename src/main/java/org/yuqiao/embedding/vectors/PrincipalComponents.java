package org.yuqiao.embedding.vectors;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;

/**
 * Principal component analysis: the directions of maximum variance, eigenvectors of the covariance
 * matrix with the largest eigenvalues (Pearson 1901; Hotelling 1933). The sign makes the entry of
 * maximum magnitude positive.
 */
public final class PrincipalComponents {
  private PrincipalComponents() {}

  /**
   * Points projected on the first components.
   *
   * @param points {@code [n, components]}, centered
   * @param shares the explained variance ratio of each component
   */
  public record Projection(double[][] points, double[] shares) {}

  /** Projects points {@code [n, D]} on their first {@code components}, at most D. */
  public static Projection project(double[][] points, int components) {
    double[][] centered = centered(points);
    EigenDecompositionSymmetric eigen = eigen(centered);
    double total = total(eigen);
    double[][] projected = new double[points.length][components];
    double[] shares = new double[components];
    for (int c = 0; c < components; c++) {
      double[] direction = direction(eigen, c);
      for (int i = 0; i < points.length; i++) {
        projected[i][c] = dot(direction, centered[i]);
      }
      shares[c] = total == 0 ? 0 : Math.max(0, eigen.getEigenvalue(c)) / total;
    }
    return new Projection(projected, shares);
  }

  /** Points {@code [n, D]}, centered, without their parts in the first {@code components}. */
  static double[][] without(double[][] points, int components) {
    double[][] rest = centered(points);
    if (components > 0) {
      EigenDecompositionSymmetric eigen = eigen(rest);
      for (int c = 0; c < components; c++) {
        double[] direction = direction(eigen, c);
        for (double[] point : rest) {
          double length = dot(direction, point);
          for (int j = 0; j < direction.length; j++) {
            point[j] -= length * direction[j];
          }
        }
      }
    }
    return rest;
  }

  /**
   * In how many directions points {@code [n, D]} differ: e to the entropy of the explained variance
   * ratios, 1 to D (effective rank, Roy and Vetterli 2007, section 2); 0 for equal points.
   */
  static double effectiveRank(double[][] points) {
    EigenDecompositionSymmetric eigen = eigen(centered(points));
    double total = total(eigen);
    double entropy = 0;
    for (double value : eigen.getEigenvalues()) {
      if (value > 0) {
        entropy -= value / total * Math.log(value / total);
      }
    }
    return total == 0 ? 0 : Math.exp(entropy);
  }

  /** Eigenvalues in descending order, and their directions. */
  private static EigenDecompositionSymmetric eigen(double[][] centered) {
    return new EigenDecompositionSymmetric(new Array2DRowRealMatrix(covariance(centered)));
  }

  private static double total(EigenDecompositionSymmetric eigen) {
    double total = 0;
    for (double value : eigen.getEigenvalues()) {
      total += Math.max(0, value);
    }
    return total;
  }

  private static double[] direction(EigenDecompositionSymmetric eigen, int component) {
    double[] direction = eigen.getEigenvector(component).toArray();
    double sign = sign(direction);
    for (int j = 0; j < direction.length; j++) {
      direction[j] *= sign;
    }
    return direction;
  }

  /** a · b. */
  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  private static double[][] centered(double[][] points) {
    int dimension = points[0].length;
    double[] mean = new double[dimension];
    for (double[] point : points) {
      for (int j = 0; j < dimension; j++) {
        mean[j] += point[j] / points.length;
      }
    }
    double[][] centered = new double[points.length][dimension];
    for (int i = 0; i < points.length; i++) {
      for (int j = 0; j < dimension; j++) {
        centered[i][j] = points[i][j] - mean[j];
      }
    }
    return centered;
  }

  /** {@code [D, D]}, divided by n: the components do not depend on it. */
  private static double[][] covariance(double[][] centered) {
    int dimension = centered[0].length;
    double[][] covariance = new double[dimension][dimension];
    for (double[] point : centered) {
      for (int i = 0; i < dimension; i++) {
        double scaled = point[i] / centered.length;
        double[] row = covariance[i];
        for (int j = 0; j < dimension; j++) {
          row[j] += scaled * point[j];
        }
      }
    }
    // The two halves differ in rounding, and the library requires exact symmetry.
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j < i; j++) {
        covariance[i][j] = covariance[j][i];
      }
    }
    return covariance;
  }

  private static double sign(double[] direction) {
    double max = 0;
    for (double entry : direction) {
      if (Math.abs(entry) > Math.abs(max)) {
        max = entry;
      }
    }
    return max < 0 ? -1 : 1;
  }
}
