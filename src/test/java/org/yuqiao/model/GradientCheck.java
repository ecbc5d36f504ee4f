package org.yuqiao.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.runtime.KernelSession;
import org.yuqiao.backend.runtime.Nd4jSession;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.tensor.ParameterBuffer;

/** Checks gradients of a whole model against central differences, and kernels against both. */
final class GradientCheck {
  private static final double STEP = 1e-6;

  private GradientCheck() {}

  /** The derivative towards a random corner of each block's cube; {@code model} is in DOUBLE. */
  static void assertAgree(Model model, Inputs inputs) {
    assertAgree(model, LossSettings.smoothed(0.1), inputs);
  }

  static void assertAgree(Model model, LossSettings loss, Inputs inputs) {
    ParameterBuffer parameters = model.initialize(3);
    LossGraph graph = model.trainingGraph(loss, parameters, Set.of());
    SplittableRandom random = new SplittableRandom(5);
    try (Session all = new Nd4jSession(graph.graph(), graph.outputs(), parameters);
        Session forward = new Nd4jSession(graph.graph(), List.of(graph.loss()), parameters)) {
      Map<String, INDArray> exact = all.run(inputs);
      for (List<String> names : byBlock(graph.gradients().keySet())) {
        Map<String, INDArray> directions = new HashMap<>();
        double analytic = 0;
        for (String name : names) {
          INDArray direction = signs(parameters.view(name), random);
          directions.put(name, direction);
          INDArray gradient = exact.get(graph.gradients().get(name));
          analytic += gradient.mul(direction).sumNumber().doubleValue();
        }
        INDArray old = parameters.flat().dup();
        directions.forEach((name, direction) -> parameters.view(name).addi(direction.mul(STEP)));
        double above = forward.run(inputs).get(graph.loss()).getDouble(0);
        parameters.flat().assign(old);
        directions.forEach((name, direction) -> parameters.view(name).subi(direction.mul(STEP)));
        double below = forward.run(inputs).get(graph.loss()).getDouble(0);
        parameters.flat().assign(old);
        double numeric = (above - below) / (2 * STEP);
        assertEquals(numeric, analytic, 1e-6 + 1e-5 * Math.abs(numeric), names.toString());
      }
    }
  }

  /** The parameters of a block, as encoder.0.self, together: each group costs two runs. */
  private static Collection<List<String>> byBlock(Collection<String> names) {
    return names.stream()
        .collect(
            Collectors.groupingBy(
                name -> Arrays.stream(name.split("\\.")).limit(3).collect(Collectors.joining("."))))
        .values();
  }

  private static INDArray signs(INDArray like, SplittableRandom random) {
    double[] signs = new double[(int) like.length()];
    Arrays.setAll(signs, i -> random.nextBoolean() ? 1 : -1);
    return Nd4j.createFromArray(signs).reshape(like.shape());
  }

  /** The same model in DOUBLE by ND4J's operations and in FLOAT by the kernels. */
  static void assertKernelsAgree(Model exactModel, Model model, Inputs inputs) {
    assertKernelsAgree(exactModel, model, LossSettings.smoothed(0.1), inputs);
  }

  static void assertKernelsAgree(
      Model exactModel, Model model, LossSettings settings, Inputs inputs) {
    ParameterBuffer exactParameters = exactModel.initialize(3);
    LossGraph exactGraph = exactModel.trainingGraph(settings, exactParameters, Set.of());
    ParameterBuffer parameters = model.initialize(3);
    LossGraph graph = model.trainingGraph(settings, parameters, Set.of());
    try (Session exact =
            new Nd4jSession(exactGraph.graph(), exactGraph.outputs(), exactParameters);
        Session fast = new KernelSession(graph.graph(), graph.outputs(), parameters)) {
      Map<String, INDArray> expected = exact.run(inputs);
      Map<String, INDArray> actual = fast.run(inputs);
      double loss = expected.get(exactGraph.loss()).getDouble(0);
      assertEquals(loss, actual.get(graph.loss()).getDouble(0), 1e-4);
      graph
          .gradients()
          .forEach(
              (name, gradient) -> {
                INDArray e = expected.get(exactGraph.gradients().get(name));
                double distance = e.distance2(actual.get(gradient).castTo(DataType.DOUBLE));
                double norm = e.norm2Number().doubleValue();
                assertTrue(distance < 1e-5 * (1 + norm), name + " " + distance);
              });
    }
  }
}
