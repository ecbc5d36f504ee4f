package org.yuqiao.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.runtime.KernelSession;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.layers.base.Scope;
import org.yuqiao.model.EncoderDecoder.Vocabularies;

class EncoderDecoderTest {
  private static final int[] SOURCE = {4, 5, 6, 2, 7, 8, 2, 0};
  private static final int[] TARGET_IN = {1, 5, 9, 1, 6, 0};
  private static final int[] TARGET_OUT = {5, 9, 2, 6, 2, 0};
  private static final float[] SOURCE_MASK = {1, 1, 1, 1, 1, 1, 1, 0};
  private static final float[] TARGET_MASK = {1, 1, 1, 1, 1, 0};

  private static EncoderDecoder model(double dropout) {
    ModelSettings settings =
        ModelSettings.builder()
            .hiddenSize(12)
            .feedForwardSize(20)
            .heads(3)
            .layers(2)
            .dropout(dropout)
            .maxPositions(16)
            .build();
    return new EncoderDecoder(settings, new Vocabularies(10, 11, false), DataType.FLOAT);
  }

  private static EncoderDecoder without(ModelSettings settings) {
    return Variants.model(Variants.withoutDropout(settings), DataType.FLOAT);
  }

  private static Inputs inputs() {
    return new Inputs()
        .ints(EncoderDecoder.SOURCE, SOURCE, 2, 4)
        .floats(EncoderDecoder.SOURCE_MASK, SOURCE_MASK, 2, 4)
        .ints(EncoderDecoder.TARGET_IN, TARGET_IN, 2, 3)
        .ints(EncoderDecoder.TARGET_OUT, TARGET_OUT, 2, 3)
        .floats(EncoderDecoder.TARGET_MASK, TARGET_MASK, 2, 3)
        .ints(Scope.DROPOUT_SEED, new int[] {17, 4}, 2);
  }

  private static double loss(Session session, LossGraph graph) {
    return session.run(inputs()).get(graph.loss()).getDouble(0);
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#all")
  void everyGradientAgreesWithCentralDifferences(ModelSettings settings) {
    GradientCheck.assertAgree(Variants.model(settings, DataType.DOUBLE), inputs());
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#all")
  void kernelsGiveTheLossAndGradientsOfTheReferenceInDouble(ModelSettings settings) {
    GradientCheck.assertKernelsAgree(
        Variants.model(settings, DataType.DOUBLE),
        Variants.model(settings, DataType.FLOAT),
        inputs());
  }

  @Test
  void gradientsOfRDropAgreeWithCentralDifferencesAndWithTheKernels() {
    LossSettings loss = new LossSettings(0.1, 2);
    Inputs twice = inputs().twice().ints(Scope.DROPOUT_SEED, new int[] {17, 4}, 2);
    ModelSettings settings = model(0.3).settings();
    GradientCheck.assertAgree(Variants.model(settings, DataType.DOUBLE), loss, twice);
    GradientCheck.assertKernelsAgree(
        Variants.model(settings, DataType.DOUBLE),
        Variants.model(settings, DataType.FLOAT),
        loss,
        twice);
  }

  @Test
  void withoutDropoutRDropAddsNothing() {
    EncoderDecoder model = model(0);
    ParameterBuffer parameters = model.initialize(3);
    Inputs twice = inputs().twice().ints(Scope.DROPOUT_SEED, new int[] {17, 4}, 2);
    double[] losses = new double[2];
    for (int i = 0; i < 2; i++) {
      LossGraph graph = model.trainingGraph(new LossSettings(0.1, 5.0 * i), parameters, Set.of());
      try (Session session = new KernelSession(graph.graph(), graph.outputs(), parameters)) {
        losses[i] = session.run(twice).get(graph.loss()).getDouble(0);
      }
    }
    assertEquals(losses[0], losses[1], 1e-6 * losses[0]);
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#all")
  void aFutureTargetTokenDoesNotChangeTheScoresBeforeIt(ModelSettings settings) {
    EncoderDecoder model = without(settings);
    ParameterBuffer parameters = model.initialize(3);
    LossGraph graph = model.validationGraph(0);
    float[] onlyFirst = {1, 0, 0, 1, 0, 0};
    int[] changed = {1, 7, 3, 1, 4, 8};
    try (Session session = new KernelSession(graph.graph(), graph.outputs(), parameters)) {
      Inputs shown =
          inputs().floats(EncoderDecoder.TARGET_MASK, new float[] {1, 1, 1, 1, 1, 1}, 2, 3);
      double before = firstTokenLoss(session, graph, shown, TARGET_IN, onlyFirst);
      double after = firstTokenLoss(session, graph, shown, changed, onlyFirst);
      assertEquals(before, after, 0);
    }
  }

  private static double firstTokenLoss(
      Session session, LossGraph graph, Inputs inputs, int[] targetIn, float[] mask) {
    inputs.ints(EncoderDecoder.TARGET_IN, targetIn, 2, 3);
    inputs.floats(EncoderDecoder.TARGET_MASK, mask, 2, 3);
    return session.run(inputs).get(graph.negativeLogLikelihood()).getDouble(0);
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#all")
  void addingPaddingChangesNothing(ModelSettings settings) {
    EncoderDecoder model = without(settings);
    ParameterBuffer parameters = model.initialize(3);
    LossGraph graph = model.trainingGraph(0.1, parameters);
    Inputs padded =
        new Inputs()
            .ints(EncoderDecoder.SOURCE, new int[] {4, 5, 6, 2, 0, 0, 7, 8, 2, 0, 0, 0}, 2, 6)
            .floats(
                EncoderDecoder.SOURCE_MASK, new float[] {1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 0}, 2, 6)
            .ints(EncoderDecoder.TARGET_IN, new int[] {1, 5, 9, 0, 0, 1, 6, 0, 0, 0}, 2, 5)
            .ints(EncoderDecoder.TARGET_OUT, new int[] {5, 9, 2, 0, 0, 6, 2, 0, 0, 0}, 2, 5)
            .floats(EncoderDecoder.TARGET_MASK, new float[] {1, 1, 1, 0, 0, 1, 1, 0, 0, 0}, 2, 5);
    try (Session session = new KernelSession(graph.graph(), graph.outputs(), parameters)) {
      Map<String, INDArray> first = session.run(inputs());
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
    ParameterBuffer parameters = model.initialize(3);
    LossGraph graph = model.trainingGraph(0.1, parameters);
    Inputs inputs =
        inputs()
            .floats(EncoderDecoder.SOURCE_MASK, new float[] {1, 1, 1, 1, 0, 0, 0, 0}, 2, 4)
            .floats(EncoderDecoder.TARGET_MASK, new float[] {1, 1, 1, 0, 0, 0}, 2, 3);
    try (Session session = new KernelSession(graph.graph(), graph.outputs(), parameters)) {
      session.run(inputs).forEach((name, value) -> assertFalse(hasNaN(value), name));
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
    ParameterBuffer parameters = model.initialize(3);
    LossGraph training = model.trainingGraph(0, parameters);
    LossGraph validation = model.validationGraph(0);
    try (Session train = new KernelSession(training.graph(), training.outputs(), parameters);
        Session valid = new KernelSession(validation.graph(), validation.outputs(), parameters)) {
      double one = loss(train, training);
      double again = loss(train, training);
      double other =
          train
              .run(inputs().ints(Scope.DROPOUT_SEED, new int[] {18, 4}, 2))
              .get(training.loss())
              .getDouble(0);
      assertEquals(one, again, 0);
      assertNotEquals(one, other, 1e-3);
      assertEquals(loss(valid, validation), loss(valid, validation), 0);
      assertEquals(List.of(), List.copyOf(validation.gradients().keySet()));
    }
  }
}
