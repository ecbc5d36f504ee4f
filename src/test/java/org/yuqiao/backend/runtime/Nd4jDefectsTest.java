package org.yuqiao.backend.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.GRUCell;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.LSTMBlock;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.LSTMBlockCell;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMActivations;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMDataFormat;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMDirectionMode;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMLayerConfig;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.weights.LSTMLayerWeights;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.yuqiao.backend.op.CustomOp;

/**
 * The defects of ND4J 1.0.0-M2.1 that {@link CustomOp}s work around. When one of these tests fails,
 * the library has been fixed and the work-around can go.
 */
@Tag("nd4j")
class Nd4jDefectsTest {
  @Test
  void theGradientOfGatherCannotBeTakenTwiceInAGraph() {
    SameDiff graph = SameDiff.create();
    SDVariable a = graph.var("a", Nd4j.rand(DataType.DOUBLE, 5, 3));
    SDVariable b = graph.var("b", Nd4j.rand(DataType.DOUBLE, 5, 3));
    SDVariable ids = graph.constant("ids", Nd4j.createFromArray(1, 3, 3));
    SDVariable loss = graph.gather(a, ids, 0).add(graph.gather(b, ids, 0)).sum();
    loss.markAsLoss();
    assertThrows(RuntimeException.class, () -> graph.calculateGradients(Map.of(), "a", "b"));
  }

  @Test
  void theExponentialOfTheMathNamespaceWritesIntoItsArgument() {
    INDArray x = Nd4j.createFromArray(0.0, 1.0);
    Nd4j.math().exp(x);
    assertEquals(Math.E, x.getDouble(1), 1e-6);
    INDArray y = Nd4j.createFromArray(0.0, 1.0);
    Transforms.exp(y);
    assertEquals(1, y.getDouble(1), 0);
  }

  @Test
  void aMeanOverTheLastAxisIsWrongWhereTheAxisIsNegative() {
    SameDiff graph = SameDiff.create();
    SDVariable x =
        graph.constant(
            "x", Nd4j.createFromArray(new float[][][] {{{1, 2}, {3, 5}}, {{7, 9}, {0, 4}}}));
    INDArray right = graph.mean(x, true, 2).eval();
    assertArrayEquals(new float[] {1.5f, 4, 8, 2}, right.dup('c').data().asFloat());
    INDArray wrong = graph.mean(x, true, -1).eval();
    assertFalse(right.equals(wrong), wrong.toString());
  }

  @Test
  void aGraphWithALogSoftmaxOverAnAxisCannotBeLoaded(@TempDir Path folder) {
    assertEquals(0, Math.exp(loaded(folder, false).getDouble(0)) - 0.5, 1e-6);
    assertThrows(RuntimeException.class, () -> loaded(folder, true));
  }

  private static INDArray loaded(Path folder, boolean axis) {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.constant("x", Nd4j.zeros(DataType.FLOAT, 1, 2));
    SDVariable y = axis ? graph.nn().logSoftmax(x, 1) : graph.nn().logSoftmax(x);
    File file = folder.resolve("graph.fb").toFile();
    graph.save(file, false);
    return SameDiff.load(file, false).outputSingle(Map.of(), y.name());
  }

  @Test
  void aGraphThatIsSavedForgetsItsOutputs(@TempDir Path folder) {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.constant("x", Nd4j.zeros(DataType.FLOAT, 1, 2));
    SDVariable middle = graph.nn().logSoftmax(x);
    middle.add(1);
    graph.setOutputs(middle.name());
    File file = folder.resolve("graph.fb").toFile();
    graph.save(file, false);
    List<String> outputs = SameDiff.load(file, false).outputs();
    assertFalse(List.of(middle.name()).equals(outputs), String.valueOf(outputs));
  }

  /** The program of {@link #gatheringAMatrixFromAVectorEndsTheProcess}. */
  static final class MatrixFromVector {
    private MatrixFromVector() {}

    public static void main(String[] arguments) {
      SameDiff graph = SameDiff.create();
      SDVariable vector = graph.constant("vector", Nd4j.createFromArray(1f, 2f, 3f));
      SDVariable ids = graph.constant("ids", Nd4j.createFromArray(new int[][] {{2, 0}, {1, 1}}));
      System.out.println(graph.gather(vector, ids, 0).eval());
    }
  }

  @Test
  void gatheringAMatrixFromAVectorEndsTheProcess(@TempDir Path folder) throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:-CreateCoredumpOnCrash",
            "-cp",
            System.getProperty("java.class.path"),
            MatrixFromVector.class.getName());
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    assertTrue(process.waitFor(120, TimeUnit.SECONDS));
    String out = Files.readString(folder.resolve("out.txt"));
    assertNotEquals(0, process.exitValue(), out);
    assertTrue(out.contains("SIGSEGV"), out);
  }

  @Test
  void layerNormHasNoEpsilon() {
    // Of values that differ by 1e-4 the variance is about 1e-9: with an epsilon of 1e-5 the result
    // is near 0.
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.constant("x", Nd4j.createFromArray(new float[][] {{0, 1e-4f}, {0, 1}}));
    SDVariable gain = graph.constant("gain", Nd4j.ones(DataType.FLOAT, 2));
    SDVariable bias = graph.constant("bias", Nd4j.zeros(DataType.FLOAT, 2));
    INDArray y = graph.nn().layerNorm(x, gain, bias, true, 1).eval();
    assertEquals(1, Math.abs(y.getDouble(0)), 0.05);
  }

  @Test
  void lossesIgnoreTheIncomingGradient() {
    SameDiff graph = SameDiff.create();
    SDVariable logits = graph.var("logits", Nd4j.createFromArray(new double[][] {{1, 2, 3}}));
    SDVariable label = graph.constant("label", Nd4j.createFromArray(0));
    SDVariable loss = graph.loss().sparseSoftmaxCrossEntropy(logits, label).mul(10).sum();
    loss.markAsLoss();
    INDArray gradient = graph.calculateGradients(Map.of(), "logits").get("logits");
    double p0 = Math.exp(1) / (Math.exp(1) + Math.exp(2) + Math.exp(3));
    // Ten times the loss should have ten times the gradient, 10 (p0 - 1); it has the plain one.
    assertEquals(p0 - 1, gradient.getDouble(0), 1e-6);
    assertEquals(List.of(1L, 3L), List.of(gradient.size(0), gradient.size(1)));
  }

  @Test
  void aGraphKeepsAnArrayForEveryVariable() {
    // A large model has many graphs, one for each purpose and thread, and would have its size each
    // time: Scope declares variables as SameDiff itself does within, which makes none.
    SameDiff graph = SameDiff.create();
    graph.var("weight", DataType.FLOAT, 3, 4);
    assertTrue(graph.getVariablesArrays().hasArray("weight"));
    long[] shape = {3, 4};
    graph.addVariable(
        new SDVariable("declared", VariableType.VARIABLE, graph, shape, DataType.FLOAT));
    assertFalse(graph.getVariablesArrays().hasArray("declared"));
  }

  /** A layer whose gradient is checked. */
  private interface Layer {
    SDVariable of(SameDiff graph, Map<String, SDVariable> inputs);
  }

  /**
   * The largest error of a layer's gradient against central differences in float64, relative to the
   * largest gradient.
   */
  private static double gradientError(Map<String, long[]> shapes, Layer layer) {
    Nd4j.getRandom().setSeed(5);
    SameDiff graph = SameDiff.create();
    Map<String, SDVariable> inputs = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) ->
            inputs.put(name, graph.var(name, Nd4j.randn(DataType.DOUBLE, shape).muli(0.7))));
    SDVariable y = layer.of(graph, inputs);
    SDVariable loss = y.mul(graph.constant(Nd4j.randn(DataType.DOUBLE, y.eval().shape()))).sum();
    loss.markAsLoss();
    Map<String, INDArray> gradients = graph.calculateGradients(Map.of(), shapes.keySet());
    double worst = 0;
    double max = 0;
    for (String name : shapes.keySet()) {
      INDArray values = inputs.get(name).getArr();
      for (long i = 0; i < values.length(); i++) {
        double old = values.getDouble(i);
        values.putScalar(i, old + 1e-6);
        double above = loss.eval().getDouble(0);
        values.putScalar(i, old - 1e-6);
        double below = loss.eval().getDouble(0);
        values.putScalar(i, old);
        double difference = (above - below) / 2e-6;
        worst = Math.max(worst, Math.abs(difference - gradients.get(name).getDouble(i)));
        max = Math.max(max, Math.abs(difference));
      }
    }
    return worst / max;
  }

  @Test
  void theGradientsOfRecurrentLayersAreWrong() {
    Map<String, long[]> plain = Map.of("x", new long[] {2, 3}, "wx", new long[] {3, 5});
    double right =
        gradientError(plain, (graph, in) -> graph.math().tanh(in.get("x").mmul(in.get("wx"))));
    assertEquals(0, right, 1e-6);
    Map<String, long[]> gru = new LinkedHashMap<>();
    gru.put("x", new long[] {4, 2, 3});
    gru.put("h", new long[] {2, 5});
    gru.put("wx", new long[] {3, 15});
    gru.put("wh", new long[] {5, 15});
    gru.put("b", new long[] {15});
    double wrong =
        gradientError(
            gru,
            (graph, in) ->
                graph.rnn().gru(in.get("x"), in.get("h"), in.get("wx"), in.get("wh"), in.get("b")));
    assertTrue(wrong > 0.01, "gru: " + wrong);
    double alsoWrong = gradientError(lstmShapes(), Nd4jDefectsTest::lstm);
    assertTrue(alsoWrong > 0.01, "lstmLayer: " + alsoWrong);
  }

  private static Map<String, long[]> lstmShapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("x", new long[] {2, 4, 3});
    shapes.put("h", new long[] {2, 5});
    shapes.put("c", new long[] {2, 5});
    shapes.put("wx", new long[] {3, 20});
    shapes.put("wh", new long[] {5, 20});
    shapes.put("b", new long[] {20});
    return shapes;
  }

  private static SDVariable lstm(SameDiff graph, Map<String, SDVariable> in) {
    LSTMLayerConfig config =
        LSTMLayerConfig.builder()
            .lstmdataformat(LSTMDataFormat.NTS)
            .directionMode(LSTMDirectionMode.FWD)
            .gateAct(LSTMActivations.SIGMOID)
            .cellAct(LSTMActivations.TANH)
            .outAct(LSTMActivations.TANH)
            .retFullSequence(true)
            .retLastC(false)
            .retLastH(false)
            .build();
    LSTMLayerWeights weights =
        LSTMLayerWeights.builder()
            .weights(in.get("wx"))
            .rWeights(in.get("wh"))
            .bias(in.get("b"))
            .build();
    return graph.rnn().lstmLayer(in.get("x"), in.get("h"), in.get("c"), null, weights, config)[0];
  }

  @Test
  void recurrentCellsHaveNoGradient() {
    for (DynamicCustomOp op : List.of(new GRUCell(), new LSTMBlockCell(), new LSTMBlock())) {
      assertThrows(UnsupportedOperationException.class, () -> op.doDiff(List.of()));
    }
  }

  @Test
  void dropoutHasNoGradient() {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.var("x", Nd4j.ones(DataType.FLOAT, 2, 3));
    SDVariable loss = graph.nn().dropout(x, 0.5).sum();
    loss.markAsLoss();
    assertThrows(RuntimeException.class, () -> graph.calculateGradients(Map.of(), "x"));
  }

  @Test
  void matmulRefusesATensorTimesAMatrix() {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.constant("x", Nd4j.ones(DataType.FLOAT, 2, 3, 4));
    SDVariable w = graph.constant("w", Nd4j.ones(DataType.FLOAT, 4, 5));
    assertThrows(RuntimeException.class, () -> graph.mmul(x, w).eval());
  }

  @Test
  void aSliceOfAViewFarInsideItsBufferIsEmpty() {
    INDArray all = Nd4j.arange(48).reshape(2, 6, 4);
    INDArray half = all.get(NDArrayIndex.all(), NDArrayIndex.interval(3, 6), NDArrayIndex.all());
    // Its second matrix begins at value 36 of the buffer; the view has 24.
    assertEquals(36, half.getDouble(1, 0, 0));
    assertTrue(half.slice(1).isEmpty());
    assertFalse(half.dup().slice(1).isEmpty());
  }
}
