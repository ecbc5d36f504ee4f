package org.yuqiao.embedding.projection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.yuqiao.embedding.vectors.PrincipalComponents;

/**
 * Exact t-SNE (van der Maaten and Hinton 2008, "Visualizing Data using t-SNE"): places points in
 * two or three dimensions so that neighbors stay neighbors. Gradient descent minimizes the
 * Kullback-Leibler divergence between similarities in the map (Student's t with one degree of
 * freedom) and in the original space. Initialized with principal components, it is deterministic.
 * Time and memory grow with the square of the number of points.
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

  /** The map, {@code [dimensions, n]}: one row a coordinate. */
  private final double[][] map;

  private final double[][] gradient;

  /** Unnormalized similarities in the map, {@code [n, n]}. */
  private final double[][] kernel;

  /**
   * Prepares the placement of points {@code [n, D]}.
   *
   * @param perplexity about the number of effective neighbors of a point
   * @param dimensions of the map, at most D
   */
  TSne(double[][] points, double perplexity, int dimensions) {
    int n = points.length;
    this.target = new Perplexity(perplexity).joint(squaredDistances(points));
    this.map = new double[dimensions][n];
    this.gradient = new double[dimensions][n];
    this.kernel = new double[n][n];
    double[][] start = PrincipalComponents.project(points, dimensions).points();
    double spread = 0;
    for (double[] point : start) {
      spread += point[0] * point[0] / n;
    }
    double scale = spread == 0 ? 0 : FIRST_SPREAD / Math.sqrt(spread);
    for (int i = 0; i < n; i++) {
      for (int d = 0; d < dimensions; d++) {
        map[d][i] = start[i][d] * scale;
      }
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

  /**
   * Runs gradient descent and returns the map, {@code [n, dimensions]}.
   *
   * @throws CancellationException if the thread is interrupted
   */
  double[][] run() {
    List<Descent> descents = new ArrayList<>();
    for (int d = 0; d < map.length; d++) {
      descents.add(new Descent(map[d], gradient[d]));
    }
    for (int step = 0; step < STEPS; step++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("t-SNE was interrupted");
      }
      boolean early = step < EARLY_STEPS;
      fillGradient(early ? EXAGGERATION : 1);
      double momentum = early ? 0.5 : 0.8;
      descents.forEach(descent -> descent.step(momentum));
    }
    double[][] result = new double[kernel.length][map.length];
    for (int i = 0; i < result.length; i++) {
      for (int d = 0; d < map.length; d++) {
        result[i][d] = map[d][i];
      }
    }
    return result;
  }

  /** The gradient of equation 5: 4 sum over j of (p - q)(y_i - y_j) / (1 + |y_i - y_j|^2). */
  private void fillGradient(double exaggeration) {
    double sum = fillKernel();
    double[] forces = new double[kernel.length];
    for (int i = 0; i < kernel.length; i++) {
      double[] ofPoint = kernel[i];
      double[] p = target[i];
      for (int j = 0; j < forces.length; j++) {
        forces[j] = (exaggeration * p[j] - ofPoint[j] / sum) * ofPoint[j];
      }
      for (int d = 0; d < map.length; d++) {
        double[] coordinate = map[d];
        double towards = 0;
        for (int j = 0; j < forces.length; j++) {
          towards += forces[j] * (coordinate[i] - coordinate[j]);
        }
        gradient[d][i] = 4 * towards;
      }
    }
  }

  private double fillKernel() {
    double sum = 0;
    for (int i = 0; i < kernel.length; i++) {
      for (int j = 0; j < i; j++) {
        double squared = 0;
        for (double[] coordinate : map) {
          double difference = coordinate[i] - coordinate[j];
          squared += difference * difference;
        }
        double value = 1 / (1 + squared);
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
    for (int i = 0; i < kernel.length; i++) {
      for (int j = 0; j < kernel.length; j++) {
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
