package org.yuqiao.embedding.vectors;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Principal component analysis: the directions in which points differ most, which are the
 * eigenvectors of their covariance matrix with the greatest eigenvalues (Pearson 1901; Hotelling
 * 1933). A direction's sign is chosen so that its greatest entry is positive.
 */
public final class PrincipalComponents {
  private PrincipalComponents() {}

  /**
   * Points seen along the first components.
   *
   * @param points {@code [n, components]}, their mean in the origin
   * @param shares for each component the share of the points' variance that it holds
   */
  public record Projection(double[][] points, double[] shares) {}

  /** Projects points {@code [n, D]} on their first {@code components}, at most D. */
  public static Projection project(double[][] points, int components) {
    double[][] centerd = centerd(points);
    EigenDecomposition eigen =
        new EigenDecomposition(new Array2DRowRealMatrix(covariance(centerd)));
    double total = 0;
    for (double value : eigen.getRealEigenvalues()) {
      total += Math.max(0, value);
    }
    double[][] projected = new double[points.length][components];
    double[] shares = new double[components];
    for (int c = 0; c < components; c++) {
      // The library gives eigenvalues in falling order.
      double[] direction = eigen.getEigenvector(c).toArray();
      double sign = sign(direction);
      for (int i = 0; i < points.length; i++) {
        for (int j = 0; j < direction.length; j++) {
          projected[i][c] += sign * direction[j] * centerd[i][j];
        }
      }
      shares[c] = total == 0 ? 0 : Math.max(0, eigen.getRealEigenvalue(c)) / total;
    }
    return new Projection(projected, shares);
  }

  private static double[][] centerd(double[][] points) {
    int dimension = points[0].length;
    double[] mean = new double[dimension];
    for (double[] point : points) {
      for (int j = 0; j < dimension; j++) {
        mean[j] += point[j] / points.length;
      }
    }
    double[][] centerd = new double[points.length][dimension];
    for (int i = 0; i < points.length; i++) {
      for (int j = 0; j < dimension; j++) {
        centerd[i][j] = points[i][j] - mean[j];
      }
    }
    return centerd;
  }

  /** {@code [D, D]}, divided by n: the components do not depend on it. */
  private static double[][] covariance(double[][] centerd) {
    int dimension = centerd[0].length;
    double[][] covariance = new double[dimension][dimension];
    for (double[] point : centerd) {
      for (int i = 0; i < dimension; i++) {
        double scaled = point[i] / centerd.length;
        double[] row = covariance[i];
        for (int j = 0; j < dimension; j++) {
          row[j] += scaled * point[j];
        }
      }
    }
    // The two halves differ in rounding, and the library asks for exact symmetry.
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j < i; j++) {
        covariance[i][j] = covariance[j][i];
      }
    }
    return covariance;
  }

  private static double sign(double[] direction) {
    double greatest = 0;
    for (double entry : direction) {
      if (Math.abs(entry) > Math.abs(greatest)) {
        greatest = entry;
      }
    }
    return greatest < 0 ? -1 : 1;
  }
}
