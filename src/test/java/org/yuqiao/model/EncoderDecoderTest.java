package org.yuqiao.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.Feeds;
import org.yuqiao.backend.KernelSession;
import org.yuqiao.backend.ParameterBuffer;
import org.yuqiao.backend.Session;
import org.yuqiao.backend.StockSession;
import org.yuqiao.graph.NormPlacement;
import org.yuqiao.graph.Scope;
import org.yuqiao.model.EncoderDecoder.Vocabularies;

class EncoderDecoderTest {
  private static final int[] SOURCE = {4, 5, 6, 2, 7, 8, 2, 0};
  private static final int[] TARGET_IN = {1, 5, 9, 1, 6, 0};
  private static final int[] TARGET_OUT = {5, 9, 2, 6, 2, 0};
  private static final float[] SOURCE_MASK = {1, 1, 1, 1, 1, 1, 1, 0};
  private static final float[] TARGET_MASK = {1, 1, 1, 1, 1, 0};

  private static EncoderDecoder model(double dropout) {
    ModelSettings settings =
        new ModelSettings(12, 20, 3, 2, 2, dropout, NormPlacement.PRE, true, 16);
    return new EncoderDecoder(settings, new Vocabularies(10, 11, false), DataType.FLOAT);
  }

  private static EncoderDecoder without(ModelSettings settings) {
    return Variants.model(Variants.withoutDropout(settings), DataType.FLOAT);
  }

  private static Feeds feeds() {
    return new Feeds()
        .ints(EncoderDecoder.SOURCE, SOURCE, 2, 4)
        .floats(EncoderDecoder.SOURCE_MASK, SOURCE_MASK, 2, 4)
        .ints(EncoderDecoder.TARGET_IN, TARGET_IN, 2, 3)
        .ints(EncoderDecoder.TARGET_OUT, TARGET_OUT, 2, 3)
        .floats(EncoderDecoder.TARGET_MASK, TARGET_MASK, 2, 3)
        .ints(Scope.DROPOUT_SEED, new int[] {17, 4}, 2);
  }

  private static double loss(Session session, LossGraph graph) {
    return session.run(feeds()).get(graph.loss()).getDouble(0);
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#all")
  void everyGradientAgreesWithCentralDifferences(ModelSettings settings) {
    EncoderDecoder model = Variants.model(settings, DataType.DOUBLE);
    ParameterBuffer parameters = model.initialise(3);
    LossGraph graph = model.trainingGraph(0.1, parameters);
    SplittableRandom random = new SplittableRandom(5);
    try (Session all = new StockSession(graph.graph(), graph.outputs(), parameters);
        Session forward = new StockSession(graph.graph(), List.of(graph.loss()), parameters)) {
      Map<String, INDArray> exact = all.run(feeds());
      for (List<String> names : byBlock(graph.gradients().keySet())) {
        Map<String, INDArray> directions = new HashMap<>();
        double analytic = 0;
        for (String name : names) {
          INDArray direction = signs(parameters.view(name), random);
          directions.put(name, direction);
          INDArray gradient = exact.get(graph.gradients().get(name));
          analytic += gradient.mul(direction).sumNumber().doubleValue();
        }
        double numeric = difference(forward, graph, parameters, directions);
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

  /** A random corner of the cube: the derivative towards it has a part of every element's. */
  private static INDArray signs(INDArray like, SplittableRandom random) {
    double[] signs = new double[(int) like.length()];
    Arrays.setAll(signs, i -> random.nextBoolean() ? 1 : -1);
    return Nd4j.createFromArray(signs).reshape(like.shape());
  }

  private static double difference(
      Session session,
      LossGraph graph,
      ParameterBuffer parameters,
      Map<String, INDArray> directions) {
    double step = 1e-6;
    INDArray old = parameters.flat().dup();
    directions.forEach((name, direction) -> parameters.view(name).addi(direction.mul(step)));
    double above = loss(session, graph);
    parameters.flat().assign(old);
    directions.forEach((name, direction) -> parameters.view(name).subi(direction.mul(step)));
    double below = loss(session, graph);
    parameters.flat().assign(old);
    return (above - below) / (2 * step);
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#all")
  void kernelsGiveTheLossAndGradientsOfTheReferenceInDouble(ModelSettings settings) {
    EncoderDecoder exactModel = Variants.model(settings, DataType.DOUBLE);
    ParameterBuffer exactParameters = exactModel.initialise(3);
    LossGraph exactGraph = exactModel.trainingGraph(0.1, exactParameters);
    EncoderDecoder model = Variants.model(settings, DataType.FLOAT);
    ParameterBuffer parameters = model.initialise(3);
    LossGraph graph = model.trainingGraph(0.1, parameters);
    try (Session exact =
            new StockSession(exactGraph.graph(), exactGraph.outputs(), exactParameters);
        Session fast = new KernelSession(graph.graph(), graph.outputs(), parameters)) {
      Map<String, INDArray> expected = exact.run(feeds());
      fast.run(feeds());
      Map<String, INDArray> actual = fast.run(feeds());
      assertEquals(
          expected.get(exactGraph.loss()).getDouble(0),
          actual.get(graph.loss()).getDouble(0),
          1e-4);
      graph
          .gradients()
          .forEach(
              (name, gradient) -> {
                INDArray e = expected.get(exactGraph.gradients().get(name));
                double distance = e.distance2(actual.get(gradient).castTo(DataType.DOUBLE));
                assertTrue(
                    distance < 1e-5 * (1 + e.norm2Number().doubleValue()), name + " " + distance);
              });
    }
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#all")
  void aFutureTargetTokenDoesNotChangeTheScoresBeforeIt(ModelSettings settings) {
    EncoderDecoder model = without(settings);
    ParameterBuffer parameters = model.initialise(3);
    LossGraph graph = model.validationGraph(0);
    float[] onlyFirst = {1, 0, 0, 1, 0, 0};
    int[] changed = {1, 7, 3, 1, 4, 8};
    try (Session session = new KernelSession(graph.graph(), graph.outputs(), parameters)) {
      Feeds shown =
          feeds().floats(EncoderDecoder.TARGET_MASK, new float[] {1, 1, 1, 1, 1, 1}, 2, 3);
      double before = firstTokenLoss(session, graph, shown, TARGET_IN, onlyFirst);
      double after = firstTokenLoss(session, graph, shown, changed, onlyFirst);
      assertEquals(before, after, 0);
    }
  }

  private static double firstTokenLoss(
      Session session, LossGraph graph, Feeds feeds, int[] targetIn, float[] mask) {
    feeds.ints(EncoderDecoder.TARGET_IN, targetIn, 2, 3);
    feeds.floats(EncoderDecoder.TARGET_MASK, mask, 2, 3);
    return session.run(feeds).get(graph.negativeLogLikelihood()).getDouble(0);
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#all")
  void addingPaddingChangesNothing(ModelSettings settings) {
    EncoderDecoder model = without(settings);
    ParameterBuffer parameters = model.initialise(3);
    LossGraph graph = model.trainingGraph(0.1, parameters);
    Feeds padded =
        new Feeds()
            .ints(EncoderDecoder.SOURCE, new int[] {4, 5, 6, 2, 0, 0, 7, 8, 2, 0, 0, 0}, 2, 6)
            .floats(
                EncoderDecoder.SOURCE_MASK, new float[] {1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 0}, 2, 6)
            .ints(EncoderDecoder.TARGET_IN, new int[] {1, 5, 9, 0, 0, 1, 6, 0, 0, 0}, 2, 5)
            .ints(EncoderDecoder.TARGET_OUT, new int[] {5, 9, 2, 0, 0, 6, 2, 0, 0, 0}, 2, 5)
            .floats(EncoderDecoder.TARGET_MASK, new float[] {1, 1, 1, 0, 0, 1, 1, 0, 0, 0}, 2, 5);
    try (Session session = new KernelSession(graph.graph(), graph.outputs(), parameters)) {
      Map<String, INDArray> first = session.run(feeds());
      double loss = first.get(graph.loss()).getDouble(0);
      Map<String, INDArray> gradients = new HashMap<>();
      graph.gradients().values().forEach(name -> gradients.put(name, first.get(name).dup()));
      Map<String, INDArray> second = session.run(padded);
      assertEquals(loss, second.get(graph.loss()).getDouble(0), 1e-5 * loss);
      gradients.forEach(
          (name, gradient) -> {
            double bound = 1e-5 * (1 + gradient.norm2Number().doubleValue());
            assertTrue(gradient.distance2(second.get(name)) < bound, name);
          });
    }
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#all")
  void aSentenceThatIsAllPaddingGivesNoNaN(ModelSettings settings) {
    EncoderDecoder model = Variants.model(settings, DataType.FLOAT);
    ParameterBuffer parameters = model.initialise(3);
    LossGraph graph = model.trainingGraph(0.1, parameters);
    Feeds feeds =
        feeds()
            .floats(EncoderDecoder.SOURCE_MASK, new float[] {1, 1, 1, 1, 0, 0, 0, 0}, 2, 4)
            .floats(EncoderDecoder.TARGET_MASK, new float[] {1, 1, 1, 0, 0, 0}, 2, 3);
    try (Session session = new KernelSession(graph.graph(), graph.outputs(), parameters)) {
      session.run(feeds).forEach((name, value) -> assertFalse(hasNaN(value), name));
    }
  }

  private static boolean hasNaN(INDArray array) {
    for (float value : array.dup('c').data().asFloat()) {
      if (!Float.isFinite(value)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void dropoutDiffersFromSeedToSeedAndIsAbsentFromValidation() {
    EncoderDecoder model = model(0.3);
    ParameterBuffer parameters = model.initialise(3);
    LossGraph training = model.trainingGraph(0, parameters);
    LossGraph validation = model.validationGraph(0);
    try (Session train = new KernelSession(training.graph(), training.outputs(), parameters);
        Session valid = new KernelSession(validation.graph(), validation.outputs(), parameters)) {
      double one = loss(train, training);
      double again = loss(train, training);
      double other =
          train
              .run(feeds().ints(Scope.DROPOUT_SEED, new int[] {18, 4}, 2))
              .get(training.loss())
              .getDouble(0);
      assertEquals(one, again, 0);
      assertNotEquals(one, other, 1e-3);
      assertEquals(loss(valid, validation), loss(valid, validation), 0);
      assertEquals(List.of(), List.copyOf(validation.gradients().keySet()));
    }
  }
}
