package org.yuqiao.backend.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.op.AddVectorOp;
import org.yuqiao.backend.op.AttentionContextOp;
import org.yuqiao.backend.op.AttentionScoresOp;
import org.yuqiao.backend.op.EmbeddingLookupOp;
import org.yuqiao.backend.op.LinearOp;
import org.yuqiao.backend.op.MaskedReluOp;
import org.yuqiao.backend.op.RelativeContextOp;
import org.yuqiao.backend.op.RelativeEncodingsOp;
import org.yuqiao.backend.op.RelativePositionBiasOp;
import org.yuqiao.backend.op.RelativeScoresOp;
import org.yuqiao.backend.op.RelativeShiftOp;
import org.yuqiao.backend.op.RelativeWeightsOp;
import org.yuqiao.backend.op.RotaryOp;
import org.yuqiao.backend.op.SelfGatedOp;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.tensor.ParameterBuffer;

/** The kernels of position schemes, normalizers and activations against their references. */
class VariantKernelsTest extends KernelAgreement {
  private static final Optional<SDVariable> NONE = Optional.empty();

  @ParameterizedTest
  @CsvSource({"1, 3", "2, 1", "3, 3", "7, 5", "9, 33", "17, 7"})
  void relativeKeysAndValuesSharedByHeads(int length, int distances) {
    check(
        Map.of(
            "q", new long[] {2, length, 6},
            "k", new long[] {2, length, 6},
            "a", new long[] {distances, 2},
            "c", new long[] {distances, 2}),
        feeds(2, length),
        (graph, in) -> {
          SDVariable scores = AttentionScoresOp.of(in.get("q"), in.get("k"), 3, 0.5);
          SDVariable relative = RelativeScoresOp.of(in.get("q"), in.get("a"), 3, 0.5);
          SDVariable weights = RelativeShiftOp.of(scores, relative, NONE);
          SDVariable context = AttentionContextOp.of(weights, in.get("k"));
          SDVariable sums = RelativeWeightsOp.of(weights, distances, NONE);
          return context.add(RelativeContextOp.of(sums, in.get("c"), 3));
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 17})
  void relativeVectorsOfEachHead(int length) {
    float[] ones = new float[2 * length];
    check(
        Map.of(
            "q", new long[] {2, length, 6},
            "k", new long[] {2, length, 6},
            "v", new long[] {6},
            "w", new long[] {5, 6}),
        feeds(2, length).floats("seen", ones, 2, length),
        (graph, in) -> {
          DataType type = in.get("q").dataType();
          SDVariable mask = graph.placeHolder("seen", type, -1, -1);
          INDArray all = Nd4j.linspace(DataType.DOUBLE, -1, 0.01, 41 * 5).reshape(41, 5);
          SDVariable rows = RelativeEncodingsOp.of(graph.constant("all", all.castTo(type)), mask);
          SDVariable table = LinearOp.of(rows, in.get("w"));
          SDVariable wanted = AddVectorOp.of(in.get("q"), in.get("v"));
          SDVariable scores = AttentionScoresOp.of(in.get("q"), in.get("k"), 2, 0.5);
          SDVariable relative = RelativeScoresOp.of(wanted, table, 2, 0.5);
          return AttentionContextOp.of(RelativeShiftOp.of(scores, relative, NONE), in.get("k"));
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 17})
  void relativePositionBiasInBuckets(int length) {
    check(
        Map.of(
            "q", new long[] {2, length, 6},
            "k", new long[] {2, length, 6},
            "bias", new long[] {3, 2}),
        feeds(2, length),
        (graph, in) -> {
          int[] ids = {2, 2, 1, 0, 1, 1, 2};
          SDVariable buckets =
              graph.constant("buckets", Nd4j.createFromArray(ids).reshape(1, ids.length));
          SDVariable scores = AttentionScoresOp.of(in.get("q"), in.get("k"), 2, 0.5);
          SDVariable bias = EmbeddingLookupOp.of(in.get("bias"), buckets);
          return AttentionContextOp.of(RelativePositionBiasOp.of(scores, bias, NONE), in.get("k"));
        });
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 3", "3, 1", "4, 4", "9, 2"})
  void rotation(int pairs, int heads) {
    check(
        Map.of("x", new long[] {2, 3, 2L * pairs * heads}),
        feeds(2, 3),
        (graph, in) -> {
          INDArray angles = Nd4j.linspace(DataType.DOUBLE, -3, 0.7, 5L * pairs).reshape(5, pairs);
          DataType type = in.get("x").dataType();
          return RotaryOp.of(in.get("x"), graph.constant("angles", angles.castTo(type)), NONE);
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 17})
  void rectifiedAttentionWithPaddingAndCausalMask(int length) {
    for (boolean causal : new boolean[] {false, true}) {
      float[] seen = new float[2 * length];
      for (int i = 0; i < seen.length; i++) {
        seen[i] = i < length || i % 3 == 2 ? 1 : 0;
      }
      check(
          Map.of("q", new long[] {2, length, 6}, "k", new long[] {2, length, 6}),
          feeds(2, length).floats("seen", seen, 2, length),
          (graph, in) -> {
            SDVariable mask = graph.placeHolder("seen", in.get("q").dataType(), -1, -1);
            SDVariable scores = AttentionScoresOp.of(in.get("q"), in.get("k"), 3, 0.7);
            return AttentionContextOp.of(MaskedReluOp.of(scores, mask, causal), in.get("k"));
          });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8, 9, 700})
  void selfGatedActivationsAndProducts(int width) {
    check(
        Map.of("x", new long[] {2, 3, width}, "y", new long[] {2, 3, width}),
        feeds(2, 3),
        (graph, in) -> {
          SDVariable x = in.get("x").mul(3);
          return SelfGatedOp.gelu(x).mul(in.get("y")).add(SelfGatedOp.swish(x).mul(x));
        });
  }

  private static double[] values(INDArray x, Function<SDVariable, SDVariable> f) {
    SameDiff graph = SameDiff.create();
    SDVariable y = f.apply(graph.constant("x", x));
    ParameterBuffer none = ParameterBuffer.zeros(Map.of("unused", new long[] {1}), DataType.DOUBLE);
    try (Session session = new Nd4jSession(graph, List.of(y.name()), none)) {
      return session.run(new Inputs()).get(y.name()).dup('c').data().asDouble();
    }
  }

  @Test
  void geluAndSwishMatchTheirPapers() {
    INDArray x = Nd4j.createFromArray(new double[] {-2, -1, 0, 1, 2}).reshape(1, 5);
    // x Phi(x), Phi from tables of the normal distribution
    double[] gelu = {-2 * 0.0227501, -0.1586553, 0, 0.8413447, 2 * 0.9772499};
    assertArrayEquals(gelu, values(x, SelfGatedOp::gelu), 5e-4);
    double[] swish = {-2 * 0.1192029, -0.2689414, 0, 0.7310586, 2 * 0.8807971};
    assertArrayEquals(swish, values(x, SelfGatedOp::swish), 1e-7);
  }

  @Test
  void fullyMaskedRowsGetZeroWeightsFromMaskedRelu() {
    INDArray scores = Nd4j.createFromArray(new double[] {3, -1, 2, 5, 1, 4}).reshape(1, 1, 2, 3);
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.constant("scores", scores);
    SDVariable mask = graph.placeHolder("mask", DataType.DOUBLE, -1, -1);
    SDVariable weights = MaskedReluOp.of(x, mask, false);
    ParameterBuffer none = ParameterBuffer.zeros(Map.of("unused", new long[] {1}), DataType.DOUBLE);
    try (Session session = new Nd4jSession(graph, List.of(weights.name()), none)) {
      Inputs hidden = new Inputs().floats("mask", new float[3], 1, 3);
      assertEquals(0, session.run(hidden).get(weights.name()).norm1Number().doubleValue(), 0);
      Inputs two = new Inputs().floats("mask", new float[] {1, 1, 0}, 1, 3);
      double[] expected = {1.5, 0, 0, 2.5, 0.5, 0};
      double[] actual = session.run(two).get(weights.name()).dup('c').data().asDouble();
      assertArrayEquals(expected, actual, 1e-12);
    }
  }
}
