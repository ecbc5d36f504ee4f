package org.yuqiao.decode.trace;

import static org.yuqiao.decode.trace.NaiveMatrices.dot;
import static org.yuqiao.decode.trace.NaiveMatrices.matmul;
import static org.yuqiao.decode.trace.NaiveMatrices.plus;

import org.yuqiao.layers.attention.PositionScheme;
import org.yuqiao.layers.attention.RelativePositionBias;
import org.yuqiao.model.ModelSettings;

/** Position encodings: on the embeddings, on queries and keys, on scores and values. */
final class NaivePositions {
  private final TracedSteps steps;
  private final ModelSettings settings;

  NaivePositions(TracedSteps steps) {
    this.steps = steps;
    this.settings = steps.settings();
  }

  boolean isSinusoidal() {
    return settings.positions().isSinusoidal();
  }

  /** The first {@code length} rows of the sinusoidal table (Vaswani et al. 2017, section 3.5). */
  double[][] sinusoids(int length) {
    double[][] table = new double[length][settings.hiddenSize()];
    for (int t = 0; t < length; t++) {
      table[t] = sinusoid(t);
    }
    return table;
  }

  private double[] sinusoid(int position) {
    double[] row = new double[settings.hiddenSize()];
    for (int i = 0; i < row.length; i++) {
      boolean marian = settings.positions() == PositionScheme.SINUSOIDAL_MARIAN;
      double pairs = marian ? row.length / 2 - 1 : row.length / 2.0;
      double angle = position / Math.pow(10000, Math.floorDiv(i, 2) / pairs);
      int column =
          settings.positions() == PositionScheme.SINUSOIDAL_HALVES || marian
              ? i / 2 + (i % 2) * (row.length / 2)
              : i;
      row[column] = i % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
    }
    return row;
  }

  /** Queries or keys with rotary positions (Su et al. 2021, equation 34). */
  double[][] rotated(double[][] x) {
    double[][] y = new double[x.length][steps.headSize()];
    for (int t = 0; t < x.length; t++) {
      for (int i = 0; i < steps.headSize(); i += 2) {
        double angle = t / Math.pow(10000, (double) i / steps.headSize());
        y[t][i] = x[t][i] * Math.cos(angle) - x[t][i + 1] * Math.sin(angle);
        y[t][i + 1] = x[t][i] * Math.sin(angle) + x[t][i + 1] * Math.cos(angle);
      }
    }
    return y;
  }

  /** What the distance from target t to source s adds to a score. */
  double term(int t, int s) {
    double[] query = steps.get("query")[t];
    return switch (settings.positions()) {
      case RELATIVE_BIAS -> {
        int buckets = settings.relative().buckets();
        boolean causal = steps.stack().equals("decoder");
        int bucket =
            RelativePositionBias.bucket(s - t, causal, buckets, settings.relative().maxDistance());
        yield steps.parameter(steps.stack() + ".positions")[bucket][steps.tracedHead().head() - 1];
      }
      case RELATIVE_SHAW -> steps.scale() * dot(query, shaw("key", s - t));
      case TRANSFORMER_XL -> {
        double[][] weight = steps.parameter(steps.attention() + ".positions.weight");
        double[] v = steps.slice(steps.vector(steps.stack() + ".positions.v"));
        double[] projected = steps.slice(matmul(new double[][] {sinusoid(t - s)}, weight)[0]);
        yield steps.scale() * dot(plus(new double[][] {query}, v)[0], projected);
      }
      default -> throw new AssertionError("there is no position term");
    };
  }

  /** The vector that the distance adds to a value (Shaw et al. 2018, equation 3). */
  double[] value(int distance) {
    return shaw("value", distance);
  }

  private double[] shaw(String kind, int distance) {
    int max = settings.relative().clippingDistance();
    return steps
        .parameter(steps.attention() + ".positions." + kind)[
        Math.max(-max, Math.min(max, distance)) + max];
  }
}
