package org.yuqiao.decode.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.layers.attention.AttentionFunction;
import org.yuqiao.layers.attention.PositionScheme;
import org.yuqiao.layers.attention.QueryKey;
import org.yuqiao.layers.attention.RelativePositionBias;
import org.yuqiao.layers.attention.ScoreScale;
import org.yuqiao.layers.base.EmbeddingScale;
import org.yuqiao.layers.base.NormPlacement;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.WeightTying;

/** Recomputes each step of a trace from the ones before it, with plain loops in double. */
final class NaiveSteps {
  private static final double TOLERANCE = 1e-4;

  private final ModelSettings settings;
  private final ParameterBuffer parameters;
  private final HeadTrace trace;
  private final Map<String, Step> steps;
  private final String stack;
  private final String attention;
  private final String network;
  private final int from;
  private final int size;

  NaiveSteps(ModelSettings settings, ParameterBuffer parameters, HeadTrace trace) {
    this.settings = settings;
    this.parameters = parameters;
    this.trace = trace;
    this.steps = trace.steps().stream().collect(Collectors.toMap(Step::id, step -> step));
    AttentionKind kind = trace.head().kind();
    this.stack = kind == AttentionKind.ENCODER ? "encoder" : "decoder";
    String layer = stack + "." + (trace.head().layer() - 1);
    this.attention = layer + (kind == AttentionKind.CROSS ? ".cross" : ".self");
    this.network = layer + ".feedForward";
    this.size = settings.hiddenSize() / settings.attention().heads();
    this.from = (trace.head().head() - 1) * size;
  }

  private boolean has(String id) {
    return steps.containsKey(id);
  }

  private double[][] get(String id) {
    return doubles(steps.get(id).matrix().values());
  }

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

  private double[][] parameter(String name) {
    return parameters.view(name).toDoubleMatrix();
  }

  private double[] vector(String name) {
    return parameters.view(name).toDoubleVector();
  }

  /** Checks all steps. */
  void check() {
    embeddings();
    projections();
    scores();
    heads();
    residuals();
    network();
    if (has("logits")) {
      predictions();
    }
  }

  private void embeddings() {
    boolean shared = settings.weightTying() == WeightTying.THREE_WAY;
    double[][] table = parameter(shared ? "embedding" : stack + ".embedding");
    double[][] ids = get("tokens");
    double[][] expected = new double[ids.length][];
    for (int t = 0; t < ids.length; t++) {
      int id = (int) ids[t][0];
      assertArrayEquals(new int[] {id}, steps.get("one-hot").matrix().tokens()[t]);
      expected[t] = Arrays.stream(table[id]).map(x -> x * embeddingScale()).toArray();
    }
    close("embedding", expected);
    boolean added = isSinusoidal() || settings.positions() == PositionScheme.LEARNED;
    assertEquals(added, has("position"));
    if (isSinusoidal()) {
      close("position", sinusoids(ids.length));
    } else if (added) {
      close("position", Arrays.copyOf(parameter(stack + ".positions"), ids.length));
    }
    close("input", added ? sum(get("embedding"), get("position")) : get("embedding"));
  }

  private double[][] sinusoids(int length) {
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

  private boolean isSinusoidal() {
    return settings.positions().isSinusoidal();
  }

  private double embeddingScale() {
    return settings.embeddingScale() == EmbeddingScale.SQRT ? Math.sqrt(settings.hiddenSize()) : 1;
  }

  private String layerInput() {
    return has("layer-input") ? "layer-input" : "input";
  }

  private boolean isPre() {
    return settings.layerNorm() == NormPlacement.PRE;
  }

  private void projections() {
    if (isPre()) {
      close("norm", norm(get(layerInput()), attention));
    }
    double[][] x = get(isPre() ? "norm" : layerInput());
    double[][] memory = has("memory") ? get("memory") : x;
    boolean shared = settings.attention().queryKey() == QueryKey.SHARED;
    close("query", head(linear(x, attention + (shared ? ".queryKey" : ".query"))));
    close("key", head(linear(memory, attention + (shared ? ".queryKey" : ".key"))));
    close("value", head(linear(memory, attention + ".value")));
    boolean self = trace.head().kind() != AttentionKind.CROSS;
    boolean rotary = self && settings.positions() == PositionScheme.ROTARY;
    boolean xl = self && settings.positions() == PositionScheme.TRANSFORMER_XL;
    assertEquals(rotary || xl, has("positioned-query"));
    assertEquals(rotary, has("positioned-key"));
    if (rotary) {
      close("positioned-query", rotated(get("query")));
      close("positioned-key", rotated(get("key")));
    } else if (xl) {
      close("positioned-query", plus(get("query"), slice(vector(stack + ".positions.u"))));
    }
  }

  private double[][] rotated(double[][] x) {
    double[][] y = new double[x.length][size];
    for (int t = 0; t < x.length; t++) {
      for (int i = 0; i < size; i += 2) {
        double angle = t / Math.pow(10000, (double) i / size);
        y[t][i] = x[t][i] * Math.cos(angle) - x[t][i + 1] * Math.sin(angle);
        y[t][i + 1] = x[t][i] * Math.sin(angle) + x[t][i + 1] * Math.cos(angle);
      }
    }
    return y;
  }

  private double scale() {
    return settings.attention().scale() == ScoreScale.SQRT ? 1 / Math.sqrt(size) : 1;
  }

  private void scores() {
    double[][] q = get(has("positioned-query") ? "positioned-query" : "query");
    double[][] k = get(has("positioned-key") ? "positioned-key" : "key");
    close("scores", matmul(q, transposed(k)));
    assertEquals(settings.attention().scale() == ScoreScale.SQRT, has("scaled"));
    if (has("scaled")) {
      close("scaled", map(get("scores"), s -> s * scale()));
    }
    String last = has("scaled") ? "scaled" : "scores";
    if (has("position-term")) {
      double[][] term = get("position-term");
      for (int t = 0; t < term.length; t++) {
        for (int s = 0; s < term[t].length; s++) {
          assertEquals(positionTerm(t, s), term[t][s], TOLERANCE);
        }
      }
      close("positioned-scores", sum(get(last), term));
      last = "positioned-scores";
    }
    double[][] masked = get(last);
    for (int t = 0; t < masked.length; t++) {
      for (int s = t + 1; trace.head().kind() == AttentionKind.DECODER && s < masked.length; s++) {
        masked[t][s] = Double.NEGATIVE_INFINITY;
      }
    }
    assertArrayEquals(masked, get("masked"));
    boolean softmax = settings.attention().function() == AttentionFunction.SOFTMAX;
    close("weights", softmax ? softmax(masked) : relu(masked));
  }

  private double positionTerm(int t, int s) {
    double[] query = get("query")[t];
    return switch (settings.positions()) {
      case RELATIVE_BIAS -> {
        int buckets = settings.relative().buckets();
        boolean causal = stack.equals("decoder");
        int bucket =
            RelativePositionBias.bucket(s - t, causal, buckets, settings.relative().maxDistance());
        yield parameter(stack + ".positions")[bucket][trace.head().head() - 1];
      }
      case RELATIVE_SHAW -> scale() * dot(query, shaw("key", s - t));
      case TRANSFORMER_XL -> {
        double[][] weight = parameter(attention + ".positions.weight");
        double[] v = slice(vector(stack + ".positions.v"));
        double[] projected = slice(matmul(new double[][] {sinusoid(t - s)}, weight)[0]);
        yield scale() * dot(plus(new double[][] {query}, v)[0], projected);
      }
      default -> throw new AssertionError("there is no position term");
    };
  }

  private double[] shaw(String kind, int distance) {
    int max = settings.relative().clippingDistance();
    return parameter(attention + ".positions." + kind)[
        Math.max(-max, Math.min(max, distance)) + max];
  }

  private void heads() {
    double[][] weights = get("weights");
    double[][] expected = matmul(weights, get("value"));
    boolean self = trace.head().kind() != AttentionKind.CROSS;
    if (self && settings.positions() == PositionScheme.RELATIVE_SHAW) {
      for (int t = 0; t < weights.length; t++) {
        for (int s = 0; s < weights[t].length; s++) {
          double[] vector = shaw("value", s - t);
          for (int i = 0; i < size; i++) {
            expected[t][i] += weights[t][s] * vector[i];
          }
        }
      }
    }
    close("head-output", expected);
    assertArrayEquals(get("head-output"), head(get("concatenated")));
    close("projected", linear(get("concatenated"), attention + ".output"));
  }

  private void residuals() {
    close("residual", sum(get(layerInput()), get("projected")));
    if (!isPre()) {
      close("norm", norm(get("residual"), attention));
    }
  }

  private void network() {
    String x = has("after-cross") ? "after-cross" : isPre() ? "residual" : "norm";
    if (isPre()) {
      close("norm-2", norm(get(x), network));
    }
    double[][] reads = get(isPre() ? "norm-2" : x);
    close("feed-forward-1", linear(reads, network + ".in"));
    DoubleUnaryOperator activation =
        switch (settings.activation()) {
          case RELU -> v -> Math.max(0, v);
          case GELU -> NaiveSteps::gelu;
          case SWISH -> v -> v / (1 + Math.exp(-v));
        };
    close("activation", map(get("feed-forward-1"), activation));
    String last = "activation";
    if (has("gate")) {
      close("gate", linear(reads, network + ".gate"));
      double[][] product = get("activation");
      double[][] gate = get("gate");
      for (int t = 0; t < product.length; t++) {
        for (int i = 0; i < product[t].length; i++) {
          product[t][i] *= gate[t][i];
        }
      }
      close("gated", product);
      last = "gated";
    }
    close("feed-forward-2", linear(get(last), network + ".out"));
    close("residual-2", sum(get(x), get("feed-forward-2")));
    if (!isPre()) {
      close("norm-2", norm(get("residual-2"), network));
    }
    int layers = stack.equals("encoder") ? settings.encoderLayers() : settings.decoderLayers();
    if (trace.head().layer() == layers) {
      assertEquals(isPre(), has("output"));
      if (isPre()) {
        close("output", norm(get("residual-2"), stack));
      }
    }
  }

  /** The tanh approximation (Hendrycks and Gimpel 2016, section 2). */
  private static double gelu(double x) {
    return x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))) / 2;
  }

  private void predictions() {
    double[][] states = get(has("output") ? "output" : "norm-2");
    double[][] expected =
        switch (settings.weightTying()) {
          case NONE -> linear(states, "output");
          case TARGET -> matmul(states, transposed(parameter("decoder.embedding")));
          case THREE_WAY -> matmul(states, transposed(parameter("embedding")));
        };
    if (settings.outputBias()) {
      expected = plus(expected, vector("output.bias"));
    }
    int[][] tokens = steps.get("logits").matrix().tokens();
    double[][] probabilities = softmax(expected);
    for (int t = 0; t < expected.length; t++) {
      assertEquals(expected[t].length, Arrays.stream(tokens[t]).distinct().count());
      for (int i = 0; i < tokens[t].length; i++) {
        assertEquals(expected[t][tokens[t][i]], get("logits")[t][i], TOLERANCE);
        assertEquals(probabilities[t][tokens[t][i]], get("probabilities")[t][i], TOLERANCE);
      }
    }
  }

  private void close(String id, double[][] expected) {
    double[][] actual = get(id);
    assertFalse(steps.get(id).matrix().isCut(), id);
    assertEquals(expected.length, actual.length, id);
    for (int t = 0; t < actual.length; t++) {
      assertArrayEquals(expected[t], actual[t], TOLERANCE, id + " row " + t);
    }
  }

  private double[][] head(double[][] whole) {
    return Arrays.stream(whole).map(this::slice).toArray(double[][]::new);
  }

  private double[] slice(double[] whole) {
    return Arrays.copyOfRange(whole, from, from + size);
  }

  private double[][] linear(double[][] x, String name) {
    return plus(matmul(x, parameter(name + ".weight")), vector(name + ".bias"));
  }

  private double[][] norm(double[][] x, String name) {
    double[] gain = vector(name + ".norm.gain");
    double[] bias = vector(name + ".norm.bias");
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

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[][] matmul(double[][] a, double[][] b) {
    double[][] columns = transposed(b);
    double[][] result = new double[a.length][columns.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        result[i][j] = dot(a[i], columns[j]);
      }
    }
    return result;
  }

  private static double[][] transposed(double[][] a) {
    double[][] result = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        result[j][i] = a[i][j];
      }
    }
    return result;
  }

  private static double[][] sum(double[][] a, double[][] b) {
    double[][] result = new double[a.length][];
    for (int i = 0; i < a.length; i++) {
      result[i] = plus(new double[][] {a[i]}, b[i])[0];
    }
    return result;
  }

  private static double[][] plus(double[][] a, double[] row) {
    double[][] result = new double[a.length][row.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < row.length; j++) {
        result[i][j] = a[i][j] + row[j];
      }
    }
    return result;
  }

  private static double[][] map(double[][] a, DoubleUnaryOperator function) {
    return Arrays.stream(a)
        .map(row -> Arrays.stream(row).map(function).toArray())
        .toArray(double[][]::new);
  }

  private static double[][] softmax(double[][] scores) {
    double[][] weights = new double[scores.length][];
    for (int t = 0; t < scores.length; t++) {
      double sum = Arrays.stream(scores[t]).map(Math::exp).sum();
      weights[t] = Arrays.stream(scores[t]).map(s -> Math.exp(s) / sum).toArray();
    }
    return weights;
  }

  private static double[][] relu(double[][] scores) {
    double[][] weights = new double[scores.length][];
    for (int t = 0; t < scores.length; t++) {
      long visible = Arrays.stream(scores[t]).filter(s -> s != Double.NEGATIVE_INFINITY).count();
      weights[t] = Arrays.stream(scores[t]).map(s -> Math.max(0, s) / visible).toArray();
    }
    return weights;
  }
}
