package org.yuqiao.embedding.projection;

import java.util.Arrays;

/**
 * The target similarities of t-SNE (van der Maaten and Hinton 2008, section 2, equation 1). The
 * probability that point i picks neighbor j follows a Gaussian around i. A search sets its width so
 * that the perplexity, 2 to the power of the entropy, has the requested value: about the number of
 * effective neighbors.
 */
final class Perplexity {
  private static final int STEPS = 100;
  private static final double TOLERANCE = 1e-6;

  private final double perplexity;

  /** Calibrates to {@code perplexity}, above 1 and below the number of points less one. */
  Perplexity(double perplexity) {
    this.perplexity = perplexity;
  }

  /** p(j|i) {@code [n, n]} from squared distances {@code [n, n]}; each row sums to 1. */
  double[][] conditional(double[][] squaredDistances) {
    double[][] result = new double[squaredDistances.length][];
    for (int i = 0; i < result.length; i++) {
      result[i] = calibrated(squaredDistances[i], i);
    }
    return result;
  }

  /** p(ij) {@code [n, n]}: the mean of p(j|i) and p(i|j), divided by n; the total is 1. */
  double[][] joint(double[][] squaredDistances) {
    double[][] conditional = conditional(squaredDistances);
    int n = conditional.length;
    double[][] joint = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        joint[i][j] = (conditional[i][j] + conditional[j][i]) / (2 * n);
      }
    }
    return joint;
  }

  /** Bisects the Gaussian's precision until the entropy matches. */
  private double[] calibrated(double[] squaredDistances, int self) {
    double wanted = Math.log(perplexity);
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double precision = 1;
    double[] row = {};
    for (int step = 0; step < STEPS; step++) {
      row = gaussian(squaredDistances, self, precision);
      double difference = entropy(row) - wanted;
      if (Math.abs(difference) < TOLERANCE) {
        break;
      }
      if (difference > 0) {
        low = precision;
        precision = Double.isInfinite(high) ? precision * 2 : (low + high) / 2;
      } else {
        high = precision;
        precision = (low + high) / 2;
      }
    }
    return row;
  }

  private static double[] gaussian(double[] squaredDistances, int self, double precision) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int j = 0; j < squaredDistances.length; j++) {
      nearest = j == self ? nearest : Math.min(nearest, squaredDistances[j]);
    }
    double[] row = new double[squaredDistances.length];
    for (int j = 0; j < row.length; j++) {
      // Subtracts the nearest distance against underflow; it cancels in the division.
      row[j] = j == self ? 0 : Math.exp(-precision * (squaredDistances[j] - nearest));
    }
    double sum = Arrays.stream(row).sum();
    for (int j = 0; j < row.length; j++) {
      row[j] /= sum;
    }
    return row;
  }

  /** The entropy in nats. */
  static double entropy(double[] distribution) {
    double entropy = 0;
    for (double p : distribution) {
      entropy -= p > 0 ? p * Math.log(p) : 0;
    }
    return entropy;
  }
}
