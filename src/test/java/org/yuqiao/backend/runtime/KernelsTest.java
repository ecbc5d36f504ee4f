package org.yuqiao.backend.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.op.AddPositionsOp;
import org.yuqiao.backend.op.AttentionContextOp;
import org.yuqiao.backend.op.AttentionScoresOp;
import org.yuqiao.backend.op.DropoutOp;
import org.yuqiao.backend.op.EmbeddingLookupOp;
import org.yuqiao.backend.op.LayerNormOp;
import org.yuqiao.backend.op.LinearOp;
import org.yuqiao.backend.op.MaskedSoftmaxOp;
import org.yuqiao.backend.optimizer.AdamKernel;
import org.yuqiao.backend.optimizer.AdamStep;
import org.yuqiao.backend.optimizer.Nd4jAdamStep;
import org.yuqiao.backend.simd.SimdMath;

/**
 * Every kernel, forward and backward, against its op's reference in DOUBLE, on sizes that are no
 * multiple of a vector.
 */
class KernelsTest extends KernelAgreement {
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 8, 9, 17, 40})
  void linear(int width) {
    check(
        Map.of("x", new long[] {2, 3, width}, "w", new long[] {width, 5}, "b", new long[] {5}),
        feeds(2, 3),
        (graph, in) -> LinearOp.of(in.get("x"), in.get("w"), in.get("b")));
    check(
        Map.of("x", new long[] {2, 3, width}, "w", new long[] {6, width}),
        feeds(2, 3),
        (graph, in) -> LinearOp.againstRows(in.get("x"), in.get("w")));
  }

  /** Sizes beyond the blocks of a BLAS and no multiples of them. */
  @ParameterizedTest
  @ValueSource(ints = {33, 515})
  void largeMatmulsAndTheirSum(int outputs) {
    check(
        Map.of(
            "x", new long[] {2, 133, 1030},
            "w", new long[] {1030, outputs},
            "b", new long[] {outputs}),
        feeds(2, 133),
        (graph, in) ->
            LinearOp.of(in.get("x"), in.get("w"), in.get("b"))
                .add(LinearOp.of(in.get("x"), in.get("w")))
                .mul(0.02));
    check(
        Map.of("x", new long[] {2, 133, 70}, "w", new long[] {outputs, 70}),
        feeds(2, 133),
        (graph, in) -> LinearOp.againstRows(in.get("x"), in.get("w")).mul(0.1));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 8, 9, 17, 40})
  void layerNorm(int width) {
    check(
        Map.of("x", new long[] {2, 3, width}, "g", new long[] {width}, "b", new long[] {width}),
        feeds(2, 3),
        (graph, in) -> LayerNormOp.of(in.get("x"), in.get("g"), in.get("b")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 17})
  void attentionWithPaddingAndCausalMask(int length) {
    for (boolean causal : new boolean[] {false, true}) {
      float[] seen = new float[2 * length];
      for (int i = 0; i < seen.length; i++) {
        seen[i] = i < length || i % 3 == 0 ? 1 : 0;
      }
      check(
          Map.of(
              "q", new long[] {2, length, 6},
              "k", new long[] {2, length, 6},
              "v", new long[] {2, length, 6}),
          feeds(2, length).floats("seen", seen, 2, length),
          (graph, in) -> {
            SDVariable mask = graph.placeHolder("seen", in.get("q").dataType(), -1, -1);
            SDVariable scores = AttentionScoresOp.of(in.get("q"), in.get("k"), 3, 0.7);
            return AttentionContextOp.of(MaskedSoftmaxOp.of(scores, mask, causal), in.get("v"));
          });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8, 9, 700})
  void elementwiseOpsAndDropout(int width) {
    check(
        Map.of("x", new long[] {2, 3, width}, "y", new long[] {2, 3, width}),
        feeds(2, 3).ints("dropoutSeed", new int[] {5, 6}, 2),
        (graph, in) -> {
          SDVariable seed = graph.placeHolder("dropoutSeed", DataType.INT32, 2);
          SDVariable sum = in.get("x").add(in.get("y")).mul(1.5);
          return DropoutOp.of(graph.nn().relu(sum, 0), seed, 0.3, 2).add(in.get("x"));
        });
  }

  /** Kernels may write a result over an input, but not over one with later readers. */
  @ParameterizedTest
  @ValueSource(ints = {3, 16, 700})
  void inputsWithLaterReadersAreNotOverwritten(int width) {
    check(
        Map.of("x", new long[] {2, 3, width}, "y", new long[] {2, 3, width}),
        feeds(2, 3).ints("dropoutSeed", new int[] {5, 6}, 2),
        (graph, in) -> {
          SDVariable seed = graph.placeHolder("dropoutSeed", DataType.INT32, 2);
          SDVariable sum = in.get("x").add(in.get("y"));
          SDVariable first = DropoutOp.of(sum, seed, 0.3, 2);
          SDVariable second = DropoutOp.of(sum.mul(1.5), seed, 0.3, 3);
          SDVariable both = first.add(second);
          return DropoutOp.of(both, seed, 0.3, 4).add(both).add(first).add(sum);
        });
  }

  /**
   * A residual connection around a norm whose result three matmuls read, and a table that is both
   * looked up and multiplied by: kernels sum these gradients in place.
   */
  @ParameterizedTest
  @ValueSource(ints = {3, 8, 9, 40})
  void gradientsOfVariablesWithSeveralReaders(int width) {
    check(
        Map.of(
            "table", new long[] {7, width},
            "g", new long[] {width},
            "b", new long[] {width},
            "w", new long[] {width, width},
            "v", new long[] {width, width}),
        feeds(2, 3).ints("ids", new int[] {6, 0, 6, 3, 6, 0}, 2, 3),
        (graph, in) -> {
          SDVariable ids = graph.placeHolder("ids", DataType.INT32, -1, -1);
          SDVariable x = EmbeddingLookupOp.of(in.get("table"), ids).mul(1.5);
          SDVariable y = LayerNormOp.of(x, in.get("g"), in.get("b"));
          SDVariable projected =
              LinearOp.of(y, in.get("w"))
                  .add(LinearOp.of(y, in.get("v")))
                  .add(LinearOp.of(y, in.get("w")));
          return LinearOp.againstRows(x.add(projected), in.get("table"));
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8, 9, 40})
  void embeddingAndPositions(int width) {
    check(
        Map.of("table", new long[] {7, width}, "positions", new long[] {9, width}),
        feeds(2, 3).ints("ids", new int[] {6, 0, 6, 3, 6, 0}, 2, 3),
        (graph, in) -> {
          SDVariable ids = graph.placeHolder("ids", DataType.INT32, -1, -1);
          SDVariable rows = EmbeddingLookupOp.of(in.get("table"), ids);
          return AddPositionsOp.of(rows, in.get("positions"), Optional.empty());
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 16, 1000})
  void dropoutKeepsTheExpectedFractionAndScalesByItsInverse(int rows) {
    DropoutOp op = dropout();
    int kept = 0;
    for (int i = 0; i < 1000 * rows; i++) {
      if (!op.drops(op.key(7, rows), i)) {
        kept++;
      }
    }
    double fraction = kept / (1000.0 * rows);
    assertEquals(0.7, fraction, 4 * Math.sqrt(0.21 / (1000.0 * rows)));
    assertEquals(1 / 0.7, op.scale(), 1e-6);
  }

  private static DropoutOp dropout() {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, -1, -1);
    SDVariable seed = graph.placeHolder("seed", DataType.INT32, 2);
    SDVariable y = DropoutOp.of(x, seed, 0.3, 0);
    return (DropoutOp) graph.getVariableOutputOp(y.name());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 9, 5000})
  void adamUpdatesAsItsFormulaInDouble(int size) {
    AdamStep.Hyperparameters usual = new AdamStep.Hyperparameters(0.9, 0.98, 1e-9, 0.01);
    assertUpdatesAsTheFormula(new AdamKernel(usual), size);
    assertUpdatesAsTheFormula(new Nd4jAdamStep(usual), size);
  }

  private void assertUpdatesAsTheFormula(AdamStep adam, int size) {
    INDArray parameters = Nd4j.createFromArray(randomValues(new long[] {size}));
    INDArray gradient = Nd4j.createFromArray(randomValues(new long[] {size}));
    double[] expected = parameters.castTo(DataType.DOUBLE).data().asDouble();
    AdamStep.State state =
        new AdamStep.State(
            parameters, Nd4j.zeros(DataType.FLOAT, size), Nd4j.zeros(DataType.FLOAT, size));
    double[] m = new double[size];
    double[] v = new double[size];
    for (int step = 1; step <= 3; step++) {
      adam.update(state, gradient, 0, size / 2, 0.5, 0.01, step);
      adam.update(state, gradient, size / 2, size, 0.5, 0.01, step);
      for (int i = 0; i < size; i++) {
        double g = 0.5 * gradient.getDouble(i);
        m[i] = 0.9 * m[i] + 0.1 * g;
        v[i] = 0.98 * v[i] + 0.02 * g * g;
        double mHat = m[i] / (1 - Math.pow(0.9, step));
        double vHat = v[i] / (1 - Math.pow(0.98, step));
        expected[i] -= 0.01 * 0.01 * expected[i] + 0.01 * mHat / (Math.sqrt(vHat) + 1e-9);
      }
    }
    for (int i = 0; i < size; i++) {
      assertEquals(expected[i], parameters.getDouble(i), 1e-5);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 5000})
  void gradientsOfAllThreadsAreAddedAndTheirNormTaken(int size) {
    for (boolean stock : new boolean[] {false, true}) {
      AdamStep.Hyperparameters usual = new AdamStep.Hyperparameters(0.9, 0.98, 1e-9, 0);
      AdamStep adam = stock ? new Nd4jAdamStep(usual) : new AdamKernel(usual);
      INDArray first = Nd4j.createFromArray(randomValues(new long[] {size}));
      INDArray second = Nd4j.createFromArray(randomValues(new long[] {size}));
      INDArray sum = first.add(second);
      INDArray[] both = {first, second};
      double squares = adam.sumInto(both, 0, size / 2) + adam.sumInto(both, size / 2, size);
      assertEquals(0, sum.distance2(first), 0);
      INDArray exact = sum.castTo(DataType.DOUBLE);
      assertEquals(exact.mul(exact).sumNumber().doubleValue(), squares, 1e-4 * (1 + squares));
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {-200, -87.1f, -86, -10, -1, -0.1f, 0, 0.1f, 1, 10, 80})
  void expIsAccurateToAboutOneUlp(float x) {
    float[] result = new float[SimdMath.LANES];
    SimdMath.exp(SimdMath.broadcast(x)).intoArray(result, 0);
    double expected = x < -87 ? 0 : Math.exp(x);
    assertEquals(expected, result[0], 3e-7 * expected);
  }
}
