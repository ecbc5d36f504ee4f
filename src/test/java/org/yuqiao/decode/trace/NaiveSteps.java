package org.yuqiao.decode.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.yuqiao.decode.trace.NaiveMatrices.matmul;
import static org.yuqiao.decode.trace.NaiveMatrices.plus;
import static org.yuqiao.decode.trace.NaiveMatrices.softmax;
import static org.yuqiao.decode.trace.NaiveMatrices.sum;
import static org.yuqiao.decode.trace.NaiveMatrices.transposed;

import java.util.Arrays;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.layers.attention.PositionScheme;
import org.yuqiao.layers.base.EmbeddingScale;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.WeightTying;

/** Recomputes each step of a trace from the ones before it, with plain loops in double. */
final class NaiveSteps {
  private final ModelSettings settings;
  private final TracedSteps steps;
  private final NaivePositions positions;

  NaiveSteps(ModelSettings settings, ParameterBuffer parameters, HeadTrace trace) {
    this.settings = settings;
    this.steps = new TracedSteps(settings, parameters, trace);
    this.positions = new NaivePositions(steps);
  }

  /** Checks all steps. */
  void check() {
    embeddings();
    new NaiveAttention(steps).check();
    new NaiveFeedForward(steps).check();
    if (steps.has("logits")) {
      predictions();
    }
  }

  private void embeddings() {
    boolean shared = settings.weightTying() == WeightTying.THREE_WAY;
    double[][] table = steps.parameter(shared ? "embedding" : steps.stack() + ".embedding");
    double[][] ids = steps.get("tokens");
    double[][] expected = new double[ids.length][];
    for (int t = 0; t < ids.length; t++) {
      int id = (int) ids[t][0];
      assertArrayEquals(new int[] {id}, steps.tokens("one-hot")[t]);
      expected[t] = Arrays.stream(table[id]).map(x -> x * embeddingScale()).toArray();
    }
    steps.close("embedding", expected);
    boolean added = positions.isSinusoidal() || settings.positions() == PositionScheme.LEARNED;
    assertEquals(added, steps.has("position"));
    if (positions.isSinusoidal()) {
      steps.close("position", positions.sinusoids(ids.length));
    } else if (added) {
      steps.close(
          "position", Arrays.copyOf(steps.parameter(steps.stack() + ".positions"), ids.length));
    }
    steps.close(
        "input",
        added ? sum(steps.get("embedding"), steps.get("position")) : steps.get("embedding"));
  }

  private double embeddingScale() {
    return settings.embeddingScale() == EmbeddingScale.SQRT ? Math.sqrt(settings.hiddenSize()) : 1;
  }

  private void predictions() {
    double[][] states = steps.get(steps.has("output") ? "output" : "norm-2");
    double[][] expected =
        switch (settings.weightTying()) {
          case NONE -> steps.linear(states, "output");
          case TARGET -> matmul(states, transposed(steps.parameter("decoder.embedding")));
          case THREE_WAY -> matmul(states, transposed(steps.parameter("embedding")));
        };
    if (settings.outputBias()) {
      expected = plus(expected, steps.vector("output.bias"));
    }
    int[][] tokens = steps.tokens("logits");
    double[][] probabilities = softmax(expected);
    for (int t = 0; t < expected.length; t++) {
      assertEquals(expected[t].length, Arrays.stream(tokens[t]).distinct().count());
      for (int i = 0; i < tokens[t].length; i++) {
        assertEquals(expected[t][tokens[t][i]], steps.get("logits")[t][i], TracedSteps.TOLERANCE);
        assertEquals(
            probabilities[t][tokens[t][i]],
            steps.get("probabilities")[t][i],
            TracedSteps.TOLERANCE);
      }
    }
  }
}
