package org.yuqiao.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.layers.base.Scope;

class LanguageModelTest {
  private static final int VOCABULARY = 11;

  static DecoderOnly model(ModelSettings settings, DataType type) {
    return new DecoderOnly(Variants.ofKind(ModelKind.DECODER_ONLY, settings), VOCABULARY, type);
  }

  private static Inputs inputs() {
    return new Inputs()
        .ints(OneStackModel.TOKENS, new int[] {1, 4, 5, 6, 1, 7, 8, 0}, 2, 4)
        .floats(OneStackModel.MASK, new float[] {1, 1, 1, 1, 1, 1, 1, 0}, 2, 4)
        .ints(OneStackModel.LABELS, new int[] {4, 5, 6, 2, 7, 8, 2, 0}, 2, 4)
        .floats(OneStackModel.LABEL_MASK, new float[] {1, 1, 1, 1, 1, 1, 1, 0}, 2, 4)
        .ints(Scope.DROPOUT_SEED, new int[] {17, 4}, 2);
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#oneStack")
  void everyGradientAgreesWithCentralDifferences(ModelSettings settings) {
    GradientCheck.assertAgree(model(settings, DataType.DOUBLE), inputs());
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#oneStack")
  void kernelsGiveTheLossAndGradientsOfTheReferenceInDouble(ModelSettings settings) {
    GradientCheck.assertKernelsAgree(
        model(settings, DataType.DOUBLE), model(settings, DataType.FLOAT), inputs());
  }

  /** Logits {@code [1, T, V]}. */
  private static INDArray read(DecoderOnly model, ParameterBuffer parameters, int... tokens) {
    InferenceGraph graph = model.wholeGraph();
    float[] mask = new float[tokens.length];
    Arrays.fill(mask, 1f);
    Inputs inputs =
        new Inputs()
            .ints(OneStackModel.TOKENS, tokens, 1, tokens.length)
            .floats(OneStackModel.MASK, mask, 1, tokens.length);
    try (Session session =
        new Backend(1).session(graph.graph(), List.of(graph.output()), parameters)) {
      return session.run(inputs).get(graph.output()).dup();
    }
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#oneStack")
  void laterTokensDoNotChangeEarlierPredictions(ModelSettings settings) {
    DecoderOnly model = model(settings, DataType.FLOAT);
    ParameterBuffer parameters = model.initialize(3);
    INDArray before = read(model, parameters, 1, 4, 5, 6, 7);
    INDArray after = read(model, parameters, 1, 4, 5, 9, 10);
    for (int v = 0; v < VOCABULARY; v++) {
      for (int t = 0; t < 3; t++) {
        assertEquals(before.getFloat(0, t, v), after.getFloat(0, t, v), 0, "position " + t);
      }
    }
    assertNotEquals(before.getFloat(0, 3, 4), after.getFloat(0, 3, 4), 1e-6);
  }

  @Test
  void earlierTokensChangeLaterPredictions() {
    DecoderOnly model =
        model(Variants.oneStack().findFirst().orElseThrow().getPayload(), DataType.FLOAT);
    ParameterBuffer parameters = model.initialize(3);
    INDArray one = read(model, parameters, 1, 4, 5, 6);
    INDArray other = read(model, parameters, 1, 9, 5, 6);
    assertTrue(Math.abs(one.getFloat(0, 3, 4) - other.getFloat(0, 3, 4)) > 1e-5);
  }

  @Test
  void aSourceEmbeddingThatIsNotThereCannotBeTied() {
    ModelSettings tied =
        Variants.all()
            .map(Named::getPayload)
            .filter(s -> s.weightTying() == WeightTying.THREE_WAY)
            .findFirst()
            .orElseThrow();
    String message =
        assertThrows(InvalidInputException.class, () -> model(tied, DataType.FLOAT)).getMessage();
    assertTrue(message.contains("model.weightTying"), message);
  }
}
