package org.yuqiao.backend.runtime;

import org.yuqiao.backend.Backend;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.gemm.argmax.LogitUpperBounds;
import org.yuqiao.backend.gemm.argmax.PrunedOutputLayer;
import org.yuqiao.backend.gemm.argmax.SingleLogit;
import org.yuqiao.backend.gemm.int8.QuantizedMatrix;
import org.yuqiao.backend.op.LinearOp;
import org.yuqiao.backend.session.InferenceWeights;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.backend.tensor.Tensor;


import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

class LogitArgmaxTest {
  private static final float NEVER = Float.NEGATIVE_INFINITY;

  private final SplittableRandom random = new SplittableRandom(6);

  @BeforeEach
  void needsIntegers() {
    assumeTrue(LogitUpperBounds.areUsed(), "no AVX-512 VNNI here, or oneDNN is not used");
  }

  private static void noRule(float[] scores) {}

  /** An output layer: its graph, its weights, and rows that come in. */
  private final class Layer {
    private final SameDiff graph = SameDiff.create();
    private final ParameterBuffer parameters;
    private final InferenceWeights weights;
    private final int inputs;
    private final int outputs;
    private final boolean tied;

    Layer(int inputs, int outputs, boolean tied) {
      this.inputs = inputs;
      this.outputs = outputs;
      this.tied = tied;
      Map<String, long[]> shapes = new TreeMap<>();
      shapes.put("w", tied ? new long[] {outputs, inputs} : new long[] {inputs, outputs});
      shapes.put("b", new long[] {outputs});
      parameters = ParameterBuffer.zeros(shapes, DataType.FLOAT);
      fill("w");
      fill("b");
      weights = new InferenceWeights(parameters);
      SDVariable x = graph.placeHolder("x", DataType.FLOAT, -1, 1, inputs).mul(2).rename("inner");
      SDVariable w = graph.var("w", DataType.FLOAT, shapes.get("w"));
      SDVariable logits =
          tied
              ? LinearOp.againstRows(x, w)
              : LinearOp.of(x, w, graph.var("b", DataType.FLOAT, outputs));
      logits.rename("logits");
    }

    void fill(String name) {
      Tensor tensor = parameters.tensor(name);
      for (int i = 0; i < tensor.size(); i++) {
        tensor.put(i, (float) random.nextGaussian());
      }
    }

    LogitArgmax search() {
      return new Backend(1).greatestLogit(graph, "logits", weights).orElseThrow();
    }

    Inputs rows(int count) {
      float[] values = new float[count * inputs];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      return new Inputs().floats("x", values, count, 1, inputs);
    }

    void setColumn(int column, float value) {
      Tensor w = parameters.tensor("w");
      for (int i = 0; i < inputs; i++) {
        w.put(tied ? column * inputs + i : i * outputs + column, value);
      }
    }
  }

  /** What is asked of a search, and of all logits. */
  private interface Check {
    void of(int row, LogitArgmax search, float[] logits);
  }

  private static void check(Layer layer, LogitArgmax search, Inputs feeds, int rows, Check check) {
    Backend backend = new Backend(1);
    try (Session all = backend.session(layer.graph, List.of("logits"), layer.weights);
        Session inner = backend.session(layer.graph, List.of(search.factor()), layer.weights)) {
      all.compute(feeds);
      inner.compute(feeds);
      search.take(inner, rows);
      float[] logits = new float[layer.outputs];
      for (int r = 0; r < rows; r++) {
        all.read("logits", r, logits);
        check.of(r, search, logits);
      }
    }
  }

  private static int greatest(float[] logits) {
    int greatest = 0;
    for (int i = 1; i < logits.length; i++) {
      greatest = logits[i] > logits[greatest] ? i : greatest;
    }
    return greatest;
  }

  private static void assertGreatest(float[] logits, int found) {
    float most = logits[greatest(logits)];
    // Two ways to add up may differ about which of two almost equal ones is greater.
    assertTrue(logits[found] >= most - 1e-4 * (1 + Math.abs(most)), found + " of " + most);
  }

  @ParameterizedTest
  @CsvSource({"64,3000,true", "64,3000,false", "512,2500,true", "37,77,false", "20,1,true"})
  void whatIsFoundIsTheGreatestOfAll(int inputs, int outputs, boolean tied) {
    Layer layer = new Layer(inputs, outputs, tied);
    LogitArgmax search = layer.search();
    assertEquals("inner", search.factor());
    for (int rows : new int[] {1, 70, 3}) {
      check(
          layer,
          search,
          layer.rows(rows),
          rows,
          (r, found, logits) -> assertGreatest(logits, found.find(r, LogitArgmaxTest::noRule)));
    }
  }

  @Test
  void fewLogitsAreComputed() {
    Layer layer = new Layer(256, 8000, true);
    List<Integer> computed = new ArrayList<>();
    check(
        layer,
        layer.search(),
        layer.rows(30),
        30,
        (r, search, logits) -> {
          int[] last = {0};
          search.find(
              r,
              scores -> {
                last[0] = 0;
                for (float score : scores) {
                  last[0] += score > NEVER ? 1 : 0;
                }
              });
          computed.add(last[0]);
        });
    double mean = computed.stream().mapToInt(Integer::intValue).average().orElseThrow();
    assertTrue(mean < 400, mean + " of 8000");
  }

  @Test
  void whatTheRuleForbidsIsNotFound() {
    Layer layer = new Layer(32, 900, false);
    check(
        layer,
        layer.search(),
        layer.rows(10),
        10,
        (r, search, logits) -> {
          for (int i = 0; i < 5; i++) {
            logits[greatest(logits)] = NEVER;
          }
          Consumer<float[]> rule =
              scores -> {
                for (int i = 0; i < scores.length; i++) {
                  scores[i] = logits[i] == NEVER ? NEVER : scores[i];
                }
              };
          assertGreatest(logits, search.find(r, rule));
          Consumer<float[]> nothing = scores -> Arrays.fill(scores, NEVER);
          assertEquals(LogitArgmax.NONE, search.find(r, nothing));
          assertGreatest(logits, search.find(r, rule));
        });
  }

  @Test
  void ofEqualLogitsTheFirstIsFound() {
    Layer layer = new Layer(16, 500, true);
    for (int i = 0; i < 500; i++) {
      layer.setColumn(i, 0.25f);
    }
    check(
        layer,
        layer.search(),
        layer.rows(4),
        4,
        (r, search, logits) -> assertEquals(0, search.find(r, LogitArgmaxTest::noRule)));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void weightsThatChangedAreSeenAfterARefresh(boolean tied) {
    Layer layer = new Layer(24, 400, tied);
    LogitArgmax search = layer.search();
    Inputs ones = layer.rows(1);
    check(
        layer,
        search,
        ones,
        1,
        (r, s, logits) -> assertGreatest(logits, s.find(r, LogitArgmaxTest::noRule)));
    layer.fill("w");
    layer.fill("b");
    layer.weights.refresh();
    check(
        layer,
        search,
        ones,
        1,
        (r, s, logits) -> assertGreatest(logits, s.find(r, LogitArgmaxTest::noRule)));
  }

  /** The logits of a model of integers are what its products of integers give, to the last bit. */
  @ParameterizedTest
  @CsvSource({"64,3000,true", "70,501,false", "1300,300,true"})
  void integersGiveWhatTheirWholeProductGives(int inputs, int outputs, boolean tied) {
    Layer layer = new Layer(inputs, outputs, tied);
    Tensor w = layer.parameters.tensor("w");
    QuantizedMatrix whole = new QuantizedMatrix(w, tied);
    var rounded = QuantizedMatrix.rounded(w, tied);
    float[] bias = new float[outputs];
    layer.parameters.tensor("b").read(0, bias, 0, outputs);
    PrunedOutputLayer matrix = new PrunedOutputLayer(tied ? rounded : rounded.transposed(), bias);
    Workspace scratch = new Workspace();
    Tensor x = Tensor.floats(Tensor.Block.allocate(inputs), new long[] {1, inputs});
    Tensor y = Tensor.floats(Tensor.Block.allocate(outputs), new long[] {1, outputs});
    for (int trial = 0; trial < 5; trial++) {
      float[] row = new float[inputs];
      for (int i = 0; i < inputs; i++) {
        row[i] = (float) random.nextGaussian();
      }
      x.write(0, row, 0, inputs);
      whole.multiply(new Tensor[] {x, w, layer.parameters.tensor("b")}, y, scratch);
      SingleLogit exact = matrix.exact();
      exact.take(row, 0);
      for (int c = 0; c < outputs; c++) {
        assertEquals(y.get(c), exact.of(c));
      }
    }
  }

  @Test
  void logitsThatAreNoProductWithAWeightAreNotSearched() {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, -1, 4);
    x.mul(2).rename("logits");
    InferenceWeights none =
        new InferenceWeights(ParameterBuffer.zeros(Map.of("none", new long[] {1}), DataType.FLOAT));
    assertTrue(new Backend(1).greatestLogit(graph, "logits", none).isEmpty());
  }
}
