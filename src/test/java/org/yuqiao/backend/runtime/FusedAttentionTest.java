package org.yuqiao.backend.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.yuqiao.backend.tensor.TensorFixtures.randomValues;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.op.AttentionContextOp;
import org.yuqiao.backend.op.AttentionScoresOp;
import org.yuqiao.backend.op.MaskedSoftmaxOp;
import org.yuqiao.backend.plan.FusionPass;
import org.yuqiao.backend.plan.Plan;
import org.yuqiao.backend.session.InferenceWeights;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.ParameterBuffer;

class FusedAttentionTest {
  private static final double SCALE = 0.3;

  private final SplittableRandom random = new SplittableRandom(5);

  private static SameDiff graph(int heads, boolean causal) {
    SameDiff graph = SameDiff.create();
    SDVariable q = graph.placeHolder("q", DataType.FLOAT, -1, -1, -1);
    SDVariable k = graph.placeHolder("k", DataType.FLOAT, -1, -1, -1);
    SDVariable v = graph.placeHolder("v", DataType.FLOAT, -1, -1, -1);
    SDVariable mask = graph.placeHolder("mask", DataType.FLOAT, -1, -1);
    SDVariable scores = AttentionScoresOp.of(q, k, heads, SCALE);
    SDVariable weights = MaskedSoftmaxOp.of(scores, mask, causal).rename("weights");
    AttentionContextOp.of(weights, v).rename("context");
    return graph;
  }

  private Inputs inputs(int b, int t, int s, int width) {
    float[] mask = new float[b * s];
    for (int i = 0; i < mask.length; i++) {
      // Sentences of different lengths; the first is all padding, others have gaps.
      mask[i] = i < s || i % s > s - i / s || random.nextInt(6) == 0 ? 0 : 1;
    }
    return new Inputs()
        .floats("q", randomValues(random, b * t * width), b, t, width)
        .floats("k", randomValues(random, b * s * width), b, s, width)
        .floats("v", randomValues(random, b * s * width), b, s, width)
        .floats("mask", mask, b, s);
  }

  private static float[] context(SameDiff graph, Inputs inputs, String... outputs) {
    InferenceWeights none =
        new InferenceWeights(ParameterBuffer.zeros(Map.of("none", new long[] {1}), DataType.FLOAT));
    try (KernelSession session = new KernelSession(graph, List.of(outputs), none)) {
      INDArray context = session.run(inputs).get("context");
      return context.dup('c').data().asFloat();
    }
  }

  /** Heads of one vector, of an even and an odd number of them, and of no whole number. */
  @ParameterizedTest
  @CsvSource({"4,1,17", "3,4,7", "5,9,9", "2,1,1"})
  void equalsTheThreeStepsToTheLastBit(int b, int t, int s) {
    for (int part : new int[] {5, SimdMath.LANES, 2 * SimdMath.LANES, 3 * SimdMath.LANES, 70}) {
      int heads = 3;
      Inputs inputs = inputs(b, t, s, heads * part);
      float[] fused = context(graph(heads, false), inputs, "context");
      float[] steps = context(graph(heads, false), inputs, "context", "weights");
      if (part % SimdMath.LANES == 0) {
        assertArrayEquals(steps, fused);
      } else {
        assertArrayEquals(steps, fused, 1e-5f);
      }
    }
  }

  private static int steps(boolean causal, String... outputs) {
    Plan plan = Plan.of(graph(2, causal), List.of(outputs));
    return FusionPass.ofAttention(plan).plan().steps().size();
  }

  @Test
  void attentionIsOneStepUnlessItsWeightsAreAnOutputOrItIsCausal() {
    assertEquals(1, steps(false, "context"));
    assertEquals(3, steps(false, "context", "weights"));
    assertEquals(3, steps(true, "context"));
  }
}
