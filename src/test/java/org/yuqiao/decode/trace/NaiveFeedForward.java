package org.yuqiao.decode.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.yuqiao.decode.trace.NaiveMatrices.map;
import static org.yuqiao.decode.trace.NaiveMatrices.sum;
import static org.yuqiao.decode.trace.NaiveMatrices.times;

import java.util.function.DoubleUnaryOperator;
import org.yuqiao.model.ModelSettings;

/** The feed-forward block of a layer, its residual, and the normalization of the last layer. */
final class NaiveFeedForward {
  private final TracedSteps steps;
  private final String network;

  NaiveFeedForward(TracedSteps steps) {
    this.steps = steps;
    this.network = steps.layer() + ".feedForward";
  }

  void check() {
    String x = steps.has("after-cross") ? "after-cross" : steps.isPreNorm() ? "residual" : "norm";
    if (steps.isPreNorm()) {
      steps.close("norm-2", steps.norm(steps.get(x), network));
    }
    hidden(steps.get(steps.isPreNorm() ? "norm-2" : x));
    String last = steps.has("gate") ? "gated" : "activation";
    steps.close("feed-forward-2", steps.linear(steps.get(last), network + ".out"));
    steps.close("residual-2", sum(steps.get(x), steps.get("feed-forward-2")));
    if (!steps.isPreNorm()) {
      steps.close("norm-2", steps.norm(steps.get("residual-2"), network));
    }
    output();
  }

  /** The hidden units, of which a gated block has two linear layers. */
  private void hidden(double[][] reads) {
    steps.close("feed-forward-1", steps.linear(reads, network + ".in"));
    steps.close("activation", map(steps.get("feed-forward-1"), activation()));
    if (steps.has("gate")) {
      steps.close("gate", steps.linear(reads, network + ".gate"));
      steps.close("gated", times(steps.get("activation"), steps.get("gate")));
    }
  }

  private DoubleUnaryOperator activation() {
    return switch (steps.settings().activation()) {
      case RELU -> v -> Math.max(0, v);
      case GELU -> NaiveMatrices::gelu;
      case SWISH -> v -> v / (1 + Math.exp(-v));
    };
  }

  private void output() {
    ModelSettings settings = steps.settings();
    int layers =
        steps.stack().equals("encoder") ? settings.encoderLayers() : settings.decoderLayers();
    if (steps.tracedHead().layer() == layers) {
      assertEquals(steps.isPreNorm(), steps.has("output"));
      if (steps.isPreNorm()) {
        steps.close("output", steps.norm(steps.get("residual-2"), steps.stack()));
      }
    }
  }
}
