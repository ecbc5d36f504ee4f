package org.yuqiao.decode.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.decode.explain.Explainer.Vocabularies;
import org.yuqiao.decode.step.TeacherForcedPass;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.layers.DecoderBlockType;
import org.yuqiao.layers.base.NormPlacement;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.ModelKind;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.Variants;
import org.yuqiao.text.Fallback;
import org.yuqiao.text.Segmentation;
import org.yuqiao.text.SubwordSettings;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.TokenizerLearner;

/** The steps of a head against a naive implementation and against the attention of explanations. */
class HeadTracerTest {
  private static final int[] SOURCE = {4, 7, 5, 9, 6};
  private static final int[] TARGET = {8, 4, 10, 5};
  private static final Tokenizer TOKENIZER =
      new TokenizerLearner(new SubwordSettings(300, Segmentation.NONE, Fallback.CHARACTER, 1), true)
          .learn(Stream.of("the cat sat on the mat"));

  static Stream<Named<ModelSettings>> transformers() {
    return Variants.all()
        .filter(variant -> variant.getPayload().kind() == ModelKind.ENCODER_DECODER);
  }

  /** Parameters away from their initial zeros and ones, so that each of them counts. */
  private static ParameterBuffer parameters(EncoderDecoder model) {
    ParameterBuffer parameters = model.initialize(3);
    float[] values = parameters.flat().toFloatVector();
    for (int i = 0; i < values.length; i++) {
      parameters.flat().putScalar(i, values[i] + 0.05 * Math.sin(i));
    }
    return parameters;
  }

  private static HeadTracer tracer(WeightedModel model) {
    return new HeadTracer(model, new Vocabularies(TOKENIZER, TOKENIZER), new Backend(1));
  }

  private static float[][][][] weights(TeacherForcedPass pass, AttentionKind kind) {
    return switch (kind) {
      case ENCODER -> pass.encoderSelf();
      case DECODER -> pass.decoderSelf();
      case CROSS -> pass.cross();
    };
  }

  @ParameterizedTest
  @MethodSource("transformers")
  void eachStepFollowsFromTheFormerOnes(ModelSettings settings) {
    EncoderDecoder model = Variants.model(settings, DataType.FLOAT);
    ParameterBuffer parameters = parameters(model);
    try (HeadTracer tracer = tracer(WeightedModel.of(model, parameters))) {
      for (AttentionKind kind : AttentionKind.values()) {
        for (int layer = 1; layer <= kind.layers(settings); layer++) {
          AttentionHead head =
              new AttentionHead(kind, layer, Math.min(2, settings.attention().heads()));
          new NaiveSteps(settings, parameters, tracer.trace(SOURCE, TARGET, head)).check();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("transformers")
  void weightsAreThoseOfTheExplanationToTheLastBit(ModelSettings settings) {
    EncoderDecoder model = Variants.model(settings, DataType.FLOAT);
    WeightedModel weighted = WeightedModel.of(model, parameters(model));
    try (HeadTracer tracer = tracer(weighted);
        TeacherForcedPass pass = TeacherForcedPass.ofAttention(weighted, new Backend(1))) {
      pass.run(SOURCE, TARGET);
      for (AttentionKind kind : AttentionKind.values()) {
        float[][][][] expected = weights(pass, kind);
        for (int layer = 0; layer < expected.length; layer++) {
          for (int head = 0; head < expected[layer].length; head++) {
            HeadTrace trace =
                tracer.trace(SOURCE, TARGET, new AttentionHead(kind, layer + 1, head + 1));
            assertArrayEquals(expected[layer][head], values(trace, "weights"));
          }
        }
      }
    }
  }

  private static float[][] values(HeadTrace trace, String id) {
    return trace.step(id).orElseThrow().matrix().values();
  }

  @ParameterizedTest
  @MethodSource("transformers")
  void sublayersAreJoinedAsInTheStack(ModelSettings settings) {
    EncoderDecoder model = Variants.model(settings, DataType.FLOAT);
    boolean isPost = settings.layerNorm() == NormPlacement.POST;
    try (HeadTracer tracer = tracer(WeightedModel.of(model, parameters(model)))) {
      HeadTrace cross = tracer.trace(SOURCE, TARGET, new AttentionHead(AttentionKind.CROSS, 1, 1));
      if (settings.decoderBlock() == DecoderBlockType.SELF_ATTENTION) {
        HeadTrace self =
            tracer.trace(SOURCE, TARGET, new AttentionHead(AttentionKind.DECODER, 1, 1));
        String last = isPost ? "norm" : "residual";
        assertArrayEquals(values(self, last), values(cross, "layer-input"));
        assertArrayEquals(values(cross, last), values(self, "after-cross"));
      }
      int layers = settings.encoderLayers();
      HeadTrace first =
          tracer.trace(SOURCE, TARGET, new AttentionHead(AttentionKind.ENCODER, 1, 1));
      HeadTrace top =
          tracer.trace(SOURCE, TARGET, new AttentionHead(AttentionKind.ENCODER, layers, 1));
      Step output = top.steps().get(top.steps().size() - 1);
      assertArrayEquals(values(cross, "memory"), output.matrix().values());
      if (layers == 2) {
        String end = isPost ? "norm-2" : "residual-2";
        assertArrayEquals(values(first, end), values(top, "layer-input"));
      }
    }
  }

  @Test
  void aDecoderOfSsrusHasNoSelfAttentionToTrace() {
    EncoderDecoder model = Variants.model(Variants.student(), DataType.FLOAT);
    try (HeadTracer tracer = tracer(WeightedModel.of(model, parameters(model)))) {
      AttentionHead head = new AttentionHead(AttentionKind.DECODER, 1, 1);
      InvalidInputException refusal =
          assertThrows(InvalidInputException.class, () -> tracer.trace(SOURCE, TARGET, head));
      assertEquals(
          "the decoder of this model has no self-attention: it has SSRUs", refusal.getMessage());
    }
  }

  @Test
  void stepsOfThePapersModelAreInTheOrderOfTheFormula() {
    EncoderDecoder model =
        Variants.model(transformers().findFirst().orElseThrow().getPayload(), DataType.FLOAT);
    try (HeadTracer tracer = tracer(WeightedModel.of(model, parameters(model)))) {
      HeadTrace trace =
          tracer.trace(SOURCE, TARGET, new AttentionHead(AttentionKind.DECODER, 1, 3));
      List<String> expected =
          List.of(
              "tokens",
              "one-hot",
              "embedding",
              "position",
              "input",
              "norm",
              "query",
              "key",
              "value",
              "scores",
              "scaled",
              "masked",
              "weights",
              "head-output",
              "concatenated",
              "projected",
              "residual",
              "after-cross",
              "norm-2",
              "feed-forward-1",
              "activation",
              "feed-forward-2",
              "residual-2",
              "output",
              "logits",
              "probabilities");
      assertEquals(expected, trace.steps().stream().map(Step::id).toList());
      assertEquals("Q = (N W_Q + b_Q)[:, 8 : 12]", trace.step("query").orElseThrow().formula());
      LabeledMatrix masked = trace.step("masked").orElseThrow().matrix();
      assertEquals(masked.columnLabels(), masked.rowLabels());
      assertEquals("<bos>", masked.rowLabels().get(0));
      assertEquals(Float.NEGATIVE_INFINITY, masked.values()[0][1]);
      assertEquals("<eos>", trace.predicted().get(4).text());
    }
  }

  @Test
  void aLargeMatrixIsCutAndItsSizeKept() {
    List<String> labels = IntStream.range(0, 200).mapToObj(String::valueOf).toList();
    LabeledMatrix matrix = LabeledMatrix.of(labels, new float[200][600]);
    assertTrue(matrix.isCut());
    assertEquals(128, matrix.values().length);
    assertTrue(Arrays.stream(matrix.values()).allMatch(row -> row.length == 512));
    assertEquals(128, matrix.rowLabels().size());
    assertEquals(200, matrix.rows());
    assertEquals(600, matrix.columns());
  }

  @Test
  void headsThatTheModelLacksAndLongSentencesAreRefused() {
    EncoderDecoder model =
        Variants.model(transformers().findFirst().orElseThrow().getPayload(), DataType.FLOAT);
    try (HeadTracer tracer = tracer(WeightedModel.of(model, model.initialize(3)))) {
      assertRefused(
          "there is no decoder layer 2; the model has 1 to 1",
          tracer,
          SOURCE,
          new AttentionHead(AttentionKind.CROSS, 2, 1));
      assertRefused(
          "there is no head 4; the model has 1 to 3",
          tracer,
          SOURCE,
          new AttentionHead(AttentionKind.ENCODER, 1, 4));
      assertRefused(
          "the sentence has 40 tokens, but the model reads 39 at most",
          tracer,
          new int[40],
          new AttentionHead(AttentionKind.ENCODER, 1, 1));
    }
  }

  private static void assertRefused(
      String message, HeadTracer tracer, int[] source, AttentionHead head) {
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> tracer.trace(source, TARGET, head));
    assertEquals(message, refused.getMessage());
  }

  @Test
  void aRecurrentModelIsRefused() {
    ModelSettings settings =
        Variants.all()
            .map(Named::getPayload)
            .filter(one -> one.kind() == ModelKind.RECURRENT)
            .findFirst()
            .orElseThrow();
    EncoderDecoder model = Variants.model(settings, DataType.FLOAT);
    WeightedModel weighted = WeightedModel.of(model, model.initialize(3));
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> tracer(weighted));
    assertTrue(refused.getMessage().contains("recurrent"), refused.getMessage());
  }
}
