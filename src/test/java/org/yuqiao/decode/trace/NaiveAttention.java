package org.yuqiao.decode.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.yuqiao.decode.trace.NaiveMatrices.map;
import static org.yuqiao.decode.trace.NaiveMatrices.matmul;
import static org.yuqiao.decode.trace.NaiveMatrices.plus;
import static org.yuqiao.decode.trace.NaiveMatrices.relu;
import static org.yuqiao.decode.trace.NaiveMatrices.softmax;
import static org.yuqiao.decode.trace.NaiveMatrices.sum;
import static org.yuqiao.decode.trace.NaiveMatrices.transposed;

import org.yuqiao.layers.attention.AttentionFunction;
import org.yuqiao.layers.attention.PositionScheme;
import org.yuqiao.layers.attention.QueryKey;
import org.yuqiao.layers.attention.ScoreScale;
import org.yuqiao.model.ModelSettings;

/** One attention head: projections, scores, weights, the sum of values, the residual. */
final class NaiveAttention {
  private final TracedSteps steps;
  private final ModelSettings settings;
  private final NaivePositions positions;
  private final String attention;

  NaiveAttention(TracedSteps steps) {
    this.steps = steps;
    this.settings = steps.settings();
    this.attention = steps.attention();
    this.positions = new NaivePositions(steps);
  }

  void check() {
    projections();
    scores();
    heads();
    residuals();
  }

  private void projections() {
    if (steps.isPreNorm()) {
      steps.close("norm", steps.norm(steps.get(steps.layerInput()), attention));
    }
    double[][] x = steps.get(steps.isPreNorm() ? "norm" : steps.layerInput());
    double[][] memory = steps.has("memory") ? steps.get("memory") : x;
    boolean shared = settings.attention().queryKey() == QueryKey.SHARED;
    steps.close(
        "query", steps.head(steps.linear(x, attention + (shared ? ".queryKey" : ".query"))));
    steps.close(
        "key", steps.head(steps.linear(memory, attention + (shared ? ".queryKey" : ".key"))));
    steps.close("value", steps.head(steps.linear(memory, attention + ".value")));
    positionedProjections();
  }

  private void positionedProjections() {
    boolean self = steps.isSelfAttention();
    boolean rotary = self && settings.positions() == PositionScheme.ROTARY;
    boolean xl = self && settings.positions() == PositionScheme.TRANSFORMER_XL;
    assertEquals(rotary || xl, steps.has("positioned-query"));
    assertEquals(rotary, steps.has("positioned-key"));
    if (rotary) {
      steps.close("positioned-query", positions.rotated(steps.get("query")));
      steps.close("positioned-key", positions.rotated(steps.get("key")));
    } else if (xl) {
      steps.close(
          "positioned-query",
          plus(steps.get("query"), steps.slice(steps.vector(steps.stack() + ".positions.u"))));
    }
  }

  private void scores() {
    double[][] q = steps.get(steps.has("positioned-query") ? "positioned-query" : "query");
    double[][] k = steps.get(steps.has("positioned-key") ? "positioned-key" : "key");
    steps.close("scores", matmul(q, transposed(k)));
    assertEquals(settings.attention().scale() == ScoreScale.SQRT, steps.has("scaled"));
    if (steps.has("scaled")) {
      steps.close("scaled", map(steps.get("scores"), s -> s * steps.scale()));
    }
    String last = steps.has("scaled") ? "scaled" : "scores";
    if (steps.has("position-term")) {
      double[][] term = steps.get("position-term");
      for (int t = 0; t < term.length; t++) {
        for (int s = 0; s < term[t].length; s++) {
          assertEquals(positions.term(t, s), term[t][s], TracedSteps.TOLERANCE);
        }
      }
      steps.close("positioned-scores", sum(steps.get(last), term));
      last = "positioned-scores";
    }
    weights(steps.get(last));
  }

  private void weights(double[][] scores) {
    boolean causal = steps.tracedHead().kind() == AttentionKind.DECODER;
    for (int t = 0; t < scores.length; t++) {
      for (int s = t + 1; causal && s < scores.length; s++) {
        scores[t][s] = Double.NEGATIVE_INFINITY;
      }
    }
    assertArrayEquals(scores, steps.get("masked"));
    boolean softmax = settings.attention().function() == AttentionFunction.SOFTMAX;
    steps.close("weights", softmax ? softmax(scores) : relu(scores));
  }

  private void heads() {
    double[][] weights = steps.get("weights");
    double[][] expected = matmul(weights, steps.get("value"));
    if (steps.isSelfAttention() && settings.positions() == PositionScheme.RELATIVE_SHAW) {
      for (int t = 0; t < weights.length; t++) {
        for (int s = 0; s < weights[t].length; s++) {
          double[] vector = positions.value(s - t);
          for (int i = 0; i < steps.headSize(); i++) {
            expected[t][i] += weights[t][s] * vector[i];
          }
        }
      }
    }
    steps.close("head-output", expected);
    assertArrayEquals(steps.get("head-output"), steps.head(steps.get("concatenated")));
    steps.close("projected", steps.linear(steps.get("concatenated"), attention + ".output"));
  }

  private void residuals() {
    steps.close("residual", sum(steps.get(steps.layerInput()), steps.get("projected")));
    if (!steps.isPreNorm()) {
      steps.close("norm", steps.norm(steps.get("residual"), attention));
    }
  }
}
