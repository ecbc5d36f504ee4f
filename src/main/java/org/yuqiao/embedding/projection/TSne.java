package org.yuqiao.embedding.projection;

import java.util.Arrays;
import org.yuqiao.embedding.vectors.PrincipalComponents;

/**
 * Exact t-SNE (van der Maaten and Hinton 2008, "Visualizing Data using t-SNE"): places points in
 * the plane so that neighbors stay neighbors. Gradient descent minimizes the Kullback-Leibler
 * divergence between similarities in the plane (Student's t with one degree of freedom) and in the
 * original space. Initialized with principal components, it is deterministic. Time and memory grow
 * with the square of the number of points.
 */
final class TSne {
  /** The number of steps with early exaggeration (section 3.4). */
  private static final int EARLY_STEPS = 250;

  private static final int STEPS = 1000;
  private static final double EXAGGERATION = 12;
  private static final double MIN_GAIN = 0.01;

  /** The standard deviation of the initial points, small as in the paper. */
  private static final double FIRST_SPREAD = 1e-4;

  private final double[][] target;
  private final double[] x;
  private final double[] y;
  private final double[] gradientX;
  private final double[] gradientY;

  /** Unnormalized similarities in the plane, {@code [n, n]}. */
  private final double[][] kernel;

  /**
   * Prepares the placement of points {@code [n, D]}.
   *
   * @param perplexity about the number of effective neighbors of a point
   */
  TSne(double[][] points, double perplexity) {
    int n = points.length;
    this.target = new Perplexity(perplexity).joint(squaredDistances(points));
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

  /** Runs gradient descent and returns the points in the plane {@code [n, 2]}. */
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
      double[] p = target[i];
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

  /** The Kullback-Leibler divergence from the target similarities (equation 2). */
  double divergence() {
    double sum = fillKernel();
    double divergence = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        if (target[i][j] > 0) {
          divergence += target[i][j] * Math.log(target[i][j] * sum / kernel[i][j]);
        }
      }
    }
    return divergence;
  }

  /** Gradient descent on one coordinate of all points, with momentum and adaptive gains. */
  private static final class Descent {
    private final double[] values;
    private final double[] gradient;
    private final double[] velocity;
    private final double[] gain;
    private final double learningRate;

    Descent(double[] values, double[] gradient) {
      this.values = values;
      this.gradient = gradient;
      this.velocity = new double[values.length];
      this.gain = new double[values.length];
      Arrays.fill(gain, 1);
      // Belkina et al. 2019: the number of points by the exaggeration.
      this.learningRate = Math.max(values.length / EXAGGERATION, 50);
    }

    void step(double momentum) {
      for (int i = 0; i < values.length; i++) {
        boolean sameWay = Math.signum(gradient[i]) == Math.signum(velocity[i]);
        gain[i] = Math.max(MIN_GAIN, sameWay ? gain[i] * 0.8 : gain[i] + 0.2);
        velocity[i] = momentum * velocity[i] - learningRate * gain[i] * gradient[i];
        values[i] += velocity[i];
      }
    }
  }
}
