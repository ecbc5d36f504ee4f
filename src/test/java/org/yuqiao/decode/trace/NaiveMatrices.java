package org.yuqiao.decode.trace;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Matrix operations in double, as plain loops. */
final class NaiveMatrices {
  private NaiveMatrices() {}

  static double[][] doubles(float[][] values) {
    double[][] result = new double[values.length][];
    for (int i = 0; i < values.length; i++) {
      result[i] = new double[values[i].length];
      for (int j = 0; j < values[i].length; j++) {
        result[i][j] = values[i][j];
      }
    }
    return result;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  static double[][] matmul(double[][] a, double[][] b) {
    double[][] columns = transposed(b);
    double[][] result = new double[a.length][columns.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        result[i][j] = dot(a[i], columns[j]);
      }
    }
    return result;
  }

  static double[][] transposed(double[][] a) {
    double[][] result = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        result[j][i] = a[i][j];
      }
    }
    return result;
  }

  static double[][] sum(double[][] a, double[][] b) {
    double[][] result = new double[a.length][];
    for (int i = 0; i < a.length; i++) {
      result[i] = plus(new double[][] {a[i]}, b[i])[0];
    }
    return result;
  }

  /** Adds {@code row} to each row. */
  static double[][] plus(double[][] a, double[] row) {
    double[][] result = new double[a.length][row.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < row.length; j++) {
        result[i][j] = a[i][j] + row[j];
      }
    }
    return result;
  }

  /** The elements of {@code a} times those of {@code b}. */
  static double[][] times(double[][] a, double[][] b) {
    double[][] result = new double[a.length][];
    for (int t = 0; t < a.length; t++) {
      result[t] = new double[a[t].length];
      for (int i = 0; i < a[t].length; i++) {
        result[t][i] = a[t][i] * b[t][i];
      }
    }
    return result;
  }

  static double[][] map(double[][] a, DoubleUnaryOperator function) {
    return Arrays.stream(a)
        .map(row -> Arrays.stream(row).map(function).toArray())
        .toArray(double[][]::new);
  }

  static double[][] softmax(double[][] scores) {
    double[][] weights = new double[scores.length][];
    for (int t = 0; t < scores.length; t++) {
      double sum = Arrays.stream(scores[t]).map(Math::exp).sum();
      weights[t] = Arrays.stream(scores[t]).map(s -> Math.exp(s) / sum).toArray();
    }
    return weights;
  }

  /** ReLU over the number of visible positions. */
  static double[][] relu(double[][] scores) {
    double[][] weights = new double[scores.length][];
    for (int t = 0; t < scores.length; t++) {
      long visible = Arrays.stream(scores[t]).filter(s -> s != Double.NEGATIVE_INFINITY).count();
      weights[t] = Arrays.stream(scores[t]).map(s -> Math.max(0, s) / visible).toArray();
    }
    return weights;
  }

  /** The tanh approximation (Hendrycks and Gimpel 2016, section 2). */
  static double gelu(double x) {
    return x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))) / 2;
  }

  /** Layer normalization of each row (Ba et al. 2016). */
  static double[][] norm(double[][] x, double[] gain, double[] bias) {
    double[][] y = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      double mean = Arrays.stream(x[t]).average().orElseThrow();
      double variance =
          Arrays.stream(x[t]).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      y[t] = new double[x[t].length];
      for (int i = 0; i < y[t].length; i++) {
        y[t][i] = gain[i] * (x[t][i] - mean) / Math.sqrt(variance + 1e-5) + bias[i];
      }
    }
    return y;
  }
}
