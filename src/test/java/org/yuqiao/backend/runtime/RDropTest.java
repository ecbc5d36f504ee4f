package org.yuqiao.backend.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.op.Backpropagation;
import org.yuqiao.backend.op.RDropOp;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.tensor.ParameterBuffer;

/** The divergence of R-Drop and its gradient, against sums written out here. */
class RDropTest {
  private static final int ROWS = 4;
  private static final float[] MASK = {1, 0, 1, 0};

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8, 9, 40})
  void theDivergenceIsTheMeanOfBothDirections(int width) {
    double[][] logits = logits(width);
    double expected = (divergence(logits[0], logits[2]) + divergence(logits[2], logits[0])) / 2;
    for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT)) {
      assertEquals(expected, run(logits, type).get(0).getDouble(0), 1e-5, type.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8, 9, 40})
  void theGradientAgreesWithCentralDifferences(int width) {
    double[][] logits = logits(width);
    for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT)) {
      INDArray gradient = run(logits, type).get(1).reshape(ROWS, width);
      for (int r = 0; r < ROWS; r++) {
        for (int v = 0; v < width; v++) {
          assertEquals(
              slope(logits, r, v), gradient.getDouble(r, v), 1e-5, type + " " + r + " " + v);
        }
      }
    }
  }

  private static double slope(double[][] logits, int row, int column) {
    if (MASK[row] == 0) {
      return 0;
    }
    double old = logits[row][column];
    double[] sums = new double[2];
    for (int i = 0; i < 2; i++) {
      logits[row][column] = old + (i == 0 ? 1e-6 : -1e-6);
      sums[i] = (divergence(logits[0], logits[2]) + divergence(logits[2], logits[0])) / 2;
    }
    logits[row][column] = old;
    return (sums[0] - sums[1]) / 2e-6;
  }

  private static double[][] logits(int width) {
    SplittableRandom random = new SplittableRandom(width);
    double[][] rows = new double[ROWS][];
    Arrays.setAll(rows, r -> random.doubles(width, -3, 3).toArray());
    return rows;
  }

  private static double[] softmax(double[] row) {
    double sum = 0;
    for (double value : row) {
      sum += Math.exp(value);
    }
    double[] probabilities = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      probabilities[i] = Math.exp(row[i]) / sum;
    }
    return probabilities;
  }

  private static double divergence(double[] row, double[] other) {
    double[] p = softmax(row);
    double[] q = softmax(other);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += p[i] * Math.log(p[i] / q[i]);
    }
    return sum;
  }

  /** The divergence and its gradient: by ND4J's operations in DOUBLE, by kernels in FLOAT. */
  private static List<INDArray> run(double[][] logits, DataType type) {
    int width = logits[0].length;
    SameDiff graph = SameDiff.create();
    long[] shape = {2, 2, width};
    ParameterBuffer parameters = ParameterBuffer.zeros(Map.of("x", shape), type);
    parameters.view("x").assign(Nd4j.createFromArray(logits).reshape(shape).castTo(type));
    SDVariable x = graph.var("x", type, shape);
    SDVariable loss = RDropOp.of(x, graph.placeHolder("mask", type, -1, -1));
    SDVariable one = graph.constant("one", Nd4j.ones(type, 1));
    SDVariable gradient = Backpropagation.gradients(loss, one, List.of("x")).get("x");
    List<String> outputs = List.of(loss.name(), gradient.name());
    try (Session session =
        type == DataType.FLOAT
            ? new KernelSession(graph, outputs, parameters)
            : new Nd4jSession(graph, outputs, parameters)) {
      Map<String, INDArray> found = session.run(new Inputs().floats("mask", MASK, 2, 2));
      return outputs.stream().map(name -> found.get(name).dup()).toList();
    }
  }
}
