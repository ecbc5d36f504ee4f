package org.yuqiao.embedding.projection;

import java.util.Arrays;
import org.yuqiao.embedding.vectors.PrincipalComponents;

/**
 * Exact t-SNE (van der Maaten and Hinton 2008, "Visualizing Data using t-SNE"): points are placed
 * in the plane such that neighbors stay neighbors, by gradient descent on the Kullback-Leibler
 * divergence between similarities there (Student's t with one degree of freedom) and in the
 * original space. It begins from the principal components and draws nothing at random: the same
 * points give the same picture. Time and memory grow with the square of the number of points.
 */
final class TSne {
  /** Steps in which the attraction is exaggerated, so that groups form early (section 3.4). */
  private static final int EARLY_STEPS = 250;

  private static final int STEPS = 1000;
  private static final double EXAGGERATION = 12;
  private static final double MIN_GAIN = 0.01;

  /** The spread of the first placement, small as in the paper. */
  private static final double FIRST_SPREAD = 1e-4;

  private final double[][] wanted;
  private final double[] x;
  private final double[] y;
  private final double[] gradientX;
  private final double[] gradientY;

  /** Similarities in the plane before they are divided by their sum; {@code [n, n]}. */
  private final double[][] kernel;

  /**
   * Prepares the placement of points {@code [n, D]}.
   *
   * @param perplexity about how many neighbors of a point count
   */
  TSne(double[][] points, double perplexity) {
    int n = points.length;
    this.wanted = new Perplexity(perplexity).joint(squaredDistances(points));
    this.x = new double[n];
    this.y = new double[n];
    this.gradientX = new double[n];
    this.gradientY = new double[n];
    this.kernel = new double[n][n];
    double[][] start = PrincipalComponents.project(points, 2).points();
    double spread = 0;
    for (double[] point : start) {
      spread += point[0] * point[0] / n;
    }
    double scale = spread == 0 ? 0 : FIRST_SPREAD / Math.sqrt(spread);
    for (int i = 0; i < n; i++) {
      x[i] = start[i][0] * scale;
      y[i] = start[i][1] * scale;
    }
  }

  /** Squared Euclidean distances {@code [n, n]} of points {@code [n, D]}. */
  static double[][] squaredDistances(double[][] points) {
    double[][] result = new double[points.length][points.length];
    for (int i = 0; i < points.length; i++) {
      for (int j = 0; j < i; j++) {
        double sum = 0;
        for (int d = 0; d < points[i].length; d++) {
          double difference = points[i][d] - points[j][d];
          sum += difference * difference;
        }
        result[i][j] = sum;
        result[j][i] = sum;
      }
    }
    return result;
  }

  /** Runs the descent to its end and gives the points in the plane {@code [n, 2]}. */
  double[][] run() {
    Descent alongX = new Descent(x, gradientX);
    Descent alongY = new Descent(y, gradientY);
    for (int step = 0; step < STEPS; step++) {
      boolean early = step < EARLY_STEPS;
      gradient(early ? EXAGGERATION : 1);
      double momentum = early ? 0.5 : 0.8;
      alongX.step(momentum);
      alongY.step(momentum);
    }
    double[][] result = new double[x.length][];
    for (int i = 0; i < x.length; i++) {
      result[i] = new double[] {x[i], y[i]};
    }
    return result;
  }

  /** The gradient of equation 5: 4 sum over j of (p - q)(y_i - y_j) / (1 + |y_i - y_j|^2). */
  private void gradient(double exaggeration) {
    double sum = fillKernel();
    for (int i = 0; i < x.length; i++) {
      double[] ofPoint = kernel[i];
      double[] p = wanted[i];
      double towardsX = 0;
      double towardsY = 0;
      for (int j = 0; j < x.length; j++) {
        double force = (exaggeration * p[j] - ofPoint[j] / sum) * ofPoint[j];
        towardsX += force * (x[i] - x[j]);
        towardsY += force * (y[i] - y[j]);
      }
      gradientX[i] = 4 * towardsX;
      gradientY[i] = 4 * towardsY;
    }
  }

  private double fillKernel() {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < i; j++) {
        double dx = x[i] - x[j];
        double dy = y[i] - y[j];
        double value = 1 / (1 + dx * dx + dy * dy);
        kernel[i][j] = value;
        kernel[j][i] = value;
        sum += 2 * value;
      }
    }
    return sum;
  }

  /** The Kullback-Leibler divergence of the placement from what is wanted (equation 2). */
  double divergence() {
    double sum = fillKernel();
    double divergence = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        if (wanted[i][j] > 0) {
          divergence += wanted[i][j] * Math.log(wanted[i][j] * sum / kernel[i][j]);
        }
      }
    }
    return divergence;
  }

  /** The descent of one coordinate of all points, with momentum and a gain for each. */
  private static final class Descent {
    private final double[] values;
    private final double[] gradient;
    private final double[] speed;
    private final double[] gain;
    private final double rate;

    Descent(double[] values, double[] gradient) {
      this.values = values;
      this.gradient = gradient;
      this.speed = new double[values.length];
      this.gain = new double[values.length];
      Arrays.fill(gain, 1);
      // Belkina et al. 2019: the number of points by the exaggeration.
      this.rate = Math.max(values.length / EXAGGERATION, 50);
    }

    void step(double momentum) {
      for (int i = 0; i < values.length; i++) {
        boolean sameWay = Math.signum(gradient[i]) == Math.signum(speed[i]);
        gain[i] = Math.max(MIN_GAIN, sameWay ? gain[i] * 0.8 : gain[i] + 0.2);
        speed[i] = momentum * speed[i] - rate * gain[i] * gradient[i];
        values[i] += speed[i];
      }
    }
  }
}
