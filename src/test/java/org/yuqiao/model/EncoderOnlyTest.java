package org.yuqiao.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.layers.attention.PositionScheme;
import org.yuqiao.layers.base.Scope;

class EncoderOnlyTest {
  private static final EncoderOnly.Output THREE_LABELS = new EncoderOnly.Output.Labels(3);
  private static final EncoderOnly.Output TOKENS = new EncoderOnly.Output.Tokens();

  private static EncoderOnly model(
      ModelSettings settings, EncoderOnly.Output output, DataType type) {
    return new EncoderOnly(Variants.ofKind(ModelKind.ENCODER_ONLY, settings), 11, output, type);
  }

  /** Two sentences of which one is shorter; the second of the first's tokens has no label. */
  private static Inputs inputs() {
    return new Inputs()
        .ints(OneStackModel.TOKENS, new int[] {4, 5, 6, 2, 7, 8, 2, 0}, 2, 4)
        .floats(OneStackModel.MASK, new float[] {1, 1, 1, 1, 1, 1, 1, 0}, 2, 4)
        .ints(OneStackModel.LABELS, new int[] {0, 0, 2, 0, 1, 1, 0, 0}, 2, 4)
        .floats(OneStackModel.LABEL_MASK, new float[] {1, 0, 1, 0, 1, 1, 0, 0}, 2, 4)
        .ints(Scope.DROPOUT_SEED, new int[] {17, 4}, 2);
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#oneStack")
  void everyGradientOfLabelingAgreesWithCentralDifferences(ModelSettings settings) {
    GradientCheck.assertAgree(model(settings, THREE_LABELS, DataType.DOUBLE), inputs());
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#oneStack")
  void everyGradientOfMaskedTokensAgreesWithCentralDifferences(ModelSettings settings) {
    GradientCheck.assertAgree(model(settings, TOKENS, DataType.DOUBLE), inputs());
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#oneStack")
  void kernelsGiveTheLossAndGradientsOfTheReferenceInDouble(ModelSettings settings) {
    GradientCheck.assertKernelsAgree(
        model(settings, THREE_LABELS, DataType.DOUBLE),
        model(settings, THREE_LABELS, DataType.FLOAT),
        inputs());
  }

  /** Logits {@code [T, L]} of one sentence, with padding behind. */
  private static float[][] read(EncoderOnly model, int padding, int... tokens) {
    ParameterBuffer parameters = model.initialize(3);
    InferenceGraph graph = model.labelGraph();
    int length = tokens.length + padding;
    int[] ids = Arrays.copyOf(tokens, length);
    float[] mask = new float[length];
    Arrays.fill(mask, 0, tokens.length, 1f);
    Inputs inputs =
        new Inputs()
            .ints(OneStackModel.TOKENS, ids, 1, length)
            .floats(OneStackModel.MASK, mask, 1, length);
    try (Session session =
        new Backend(1).session(graph.graph(), List.of(graph.output()), parameters)) {
      INDArray all = session.run(inputs).get(graph.output());
      return all.reshape(length, model.outputs()).toFloatMatrix();
    }
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#oneStack")
  void laterTokensChangeEarlierPredictionsAndPaddingDoesNot(ModelSettings settings) {
    EncoderOnly model = model(settings, THREE_LABELS, DataType.FLOAT);
    float[][] one = read(model, 0, 4, 5, 6, 2);
    float[][] other = read(model, 0, 4, 5, 9, 2);
    float[][] padded = read(model, 3, 4, 5, 6, 2);
    float difference = 0;
    for (int label = 0; label < 3; label++) {
      difference += Math.abs(one[0][label] - other[0][label]);
      assertEquals(one[0][label], padded[0][label], 1e-5);
      assertEquals(one[3][label], padded[3][label], 1e-5);
    }
    assertTrue(difference > 1e-5, "difference " + difference);
  }

  @Test
  void withoutPositionsPermutingTheTokensPermutesTheLabels() {
    ModelSettings none =
        Variants.oneStack()
            .map(variant -> variant.getPayload())
            .filter(settings -> settings.positions() == PositionScheme.NONE)
            .findFirst()
            .orElseThrow();
    EncoderOnly model = model(none, THREE_LABELS, DataType.FLOAT);
    float[][] one = read(model, 0, 4, 5, 6);
    float[][] other = read(model, 0, 6, 4, 5);
    for (int label = 0; label < 3; label++) {
      assertEquals(one[0][label], other[1][label], 1e-5);
      assertEquals(one[2][label], other[0][label], 1e-5);
    }
  }
}
