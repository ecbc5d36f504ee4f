package org.yuqiao.backend.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.op.Backpropagation;
import org.yuqiao.backend.op.CrossEntropyOp;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.backend.tensor.Shapes;
import org.yuqiao.backend.tensor.TensorFixtures;

/** Compares ops, forward and backward: kernels in FLOAT with references in DOUBLE. */
abstract class KernelAgreement {
  /** Builds ops on named inputs and returns the output to differentiate. */
  interface Builder {
    SDVariable build(SameDiff graph, Map<String, SDVariable> inputs);
  }

  private final SplittableRandom random = new SplittableRandom(11);

  void check(Map<String, long[]> shapes, Inputs feeds, Builder builder) {
    Map<String, float[]> values = new HashMap<>();
    shapes.forEach((name, shape) -> values.put(name, randomValues(shape)));
    List<INDArray> exact = run(DataType.DOUBLE, shapes, values, feeds, builder);
    List<INDArray> fast = run(DataType.FLOAT, shapes, values, feeds, builder);
    double gradients =
        exact.stream().skip(1).mapToDouble(array -> array.norm2Number().doubleValue()).sum();
    assertTrue(gradients > 0, "all gradients are 0: no kernel could fail");
    for (int i = 0; i < exact.size(); i++) {
      double distance = exact.get(i).distance2(fast.get(i).castTo(DataType.DOUBLE));
      assertTrue(
          distance <= 1e-5 * (1 + exact.get(i).norm2Number().doubleValue()),
          "output " + i + " is " + distance + " away");
    }
  }

  float[] randomValues(long[] shape) {
    return TensorFixtures.randomValues(random, (int) Shapes.size(shape));
  }

  private List<INDArray> run(
      DataType type,
      Map<String, long[]> shapes,
      Map<String, float[]> values,
      Inputs feeds,
      Builder builder) {
    ParameterBuffer parameters = ParameterBuffer.zeros(shapes, type);
    SameDiff graph = SameDiff.create();
    Map<String, SDVariable> inputs = new HashMap<>();
    shapes.forEach(
        (name, shape) -> {
          inputs.put(name, graph.var(name, type, shape));
          parameters
              .view(name)
              .assign(Nd4j.createFromArray(values.get(name)).reshape(shape).castTo(type));
        });
    SDVariable result = builder.build(graph, inputs);
    SDVariable seed = graph.constant("seed", Nd4j.scalar(type, 1).reshape(1));
    SDVariable loss = crossEntropy(result, type);
    List<String> outputs = new ArrayList<>(List.of(result.name()));
    Backpropagation.gradients(loss, seed, shapes.keySet())
        .values()
        .forEach(gradient -> outputs.add(gradient.name()));
    try (Session session =
        type == DataType.FLOAT
            ? new KernelSession(graph, outputs, parameters)
            : new Nd4jSession(graph, outputs, parameters)) {
      Map<String, INDArray> found = session.run(feeds);
      return outputs.stream().map(name -> found.get(name).dup()).toList();
    }
  }

  /**
   * The cross-entropy of the rows with class 0, a loss whose gradient differs at each element. Rows
   * must have several classes: with one, loss and gradients are 0.
   */
  private static SDVariable crossEntropy(SDVariable x, DataType type) {
    SameDiff graph = x.getSameDiff();
    SDVariable targets = graph.placeHolder("targets", DataType.INT32, -1, -1);
    SDVariable mask = graph.placeHolder("mask", type, -1, -1);
    return CrossEntropyOp.of(x, targets, mask, 0.1).loss();
  }

  static Inputs feeds(int rows, int columns) {
    int[] targets = new int[rows * columns];
    float[] mask = new float[rows * columns];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % 4 == 3 ? 0 : 1;
    }
    return new Inputs().ints("targets", targets, rows, columns).floats("mask", mask, rows, columns);
  }
}
