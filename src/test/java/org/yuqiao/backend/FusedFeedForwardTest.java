package org.yuqiao.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

class FusedFeedForwardTest {
  private static final int WIDTH = 24;
  private static final int INSIDE = 80;
  private static final Map<String, long[]> SHAPES =
      Map.of(
          "w1", new long[] {WIDTH, INSIDE},
          "b1", new long[] {INSIDE},
          "w2", new long[] {INSIDE, WIDTH},
          "b2", new long[] {WIDTH});

  private final SplittableRandom random = new SplittableRandom(9);

  private static SDVariable weight(SameDiff graph, String name) {
    return graph.var(name, DataType.FLOAT, SHAPES.get(name));
  }

  private static SameDiff graph(UnaryOperator<SDVariable> activation, boolean biased) {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, -1, -1, WIDTH);
    SDVariable first = LinearOp.of(x, weight(graph, "w1"), weight(graph, "b1"));
    SDVariable inside = activation.apply(first).rename("inside");
    SDVariable w2 = weight(graph, "w2");
    SDVariable y = biased ? LinearOp.of(inside, w2, weight(graph, "b2")) : LinearOp.of(inside, w2);
    y.rename("y");
    return graph;
  }

  private static SDVariable relu(SDVariable x) {
    return x.getSameDiff().nn().relu(x, 0);
  }

  private PackedWeights weights() {
    ParameterBuffer parameters = ParameterBuffer.zeros(SHAPES, DataType.FLOAT);
    for (String name : SHAPES.keySet()) {
      Tensor tensor = parameters.tensor(name);
      for (int i = 0; i < tensor.size(); i++) {
        tensor.put(i, (float) random.nextGaussian());
      }
    }
    return new PackedWeights(parameters);
  }

  private static float[] result(
      SameDiff graph, PackedWeights weights, Feeds feeds, String... outputs) {
    try (KernelSession session = new KernelSession(graph, List.of(outputs), weights)) {
      return session.run(feeds).get("y").dup('c').data().asFloat();
    }
  }

  /** Fewer rows than are taken together, as many, and more. */
  @ParameterizedTest
  @ValueSource(ints = {1, 128, 129, 700})
  void givesToTheLastBitWhatTheThreeStepsGive(int rows) {
    float[] x = new float[rows * WIDTH];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    Feeds feeds = new Feeds().floats("x", x, 1, rows, WIDTH);
    List<UnaryOperator<SDVariable>> activations =
        List.of(FusedFeedForwardTest::relu, SelfGatedOp::gelu, SelfGatedOp::swish);
    for (UnaryOperator<SDVariable> activation : activations) {
      PackedWeights weights = weights();
      SameDiff graph = graph(activation, true);
      float[] steps = result(graph, weights, feeds, "y", "inside");
      assertArrayEquals(steps, result(graph, weights, feeds, "y"));
    }
  }

  private int steps(SameDiff graph, String... outputs) {
    Plan plan = Plan.of(graph, List.of(outputs));
    return new MergedSteps(plan, List.of(new FusedFeedForward(weights()))).plan().steps().size();
  }

  @Test
  void aNetworkIsOneStepUnlessWhatIsInsideIsAskedForOrABiasIsMissing() {
    assertEquals(1, steps(graph(FusedFeedForwardTest::relu, true), "y"));
    assertEquals(3, steps(graph(FusedFeedForwardTest::relu, true), "y", "inside"));
    assertEquals(3, steps(graph(FusedFeedForwardTest::relu, false), "y"));
  }
}
