package org.yuqiao.decode.heads;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.decode.step.TeacherForcedPass;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.decode.trace.AttentionHead;
import org.yuqiao.decode.trace.AttentionKind;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.layers.attention.AttentionFunction;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.ModelKind;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.Variants;

class PrunedHeadTest {
  private static final int[] SOURCE = {4, 7, 5, 9, 6};
  private static final int[] TARGET = {8, 4, 10, 5};

  static Stream<Named<ModelSettings>> transformers() {
    return Variants.all()
        .filter(variant -> variant.getPayload().kind() == ModelKind.ENCODER_DECODER)
        .filter(variant -> variant.getPayload().attention().heads() > 1);
  }

  private static float[] logProbabilities(WeightedModel model) {
    try (TeacherForcedPass pass = TeacherForcedPass.ofLogits(model, new Backend(1))) {
      pass.run(SOURCE, TARGET);
      return pass.logProbabilities(0, TARGET.length);
    }
  }

  private static String name(AttentionHead head) {
    return switch (head.kind()) {
      case ENCODER -> "encoder." + (head.layer() - 1) + ".self.value.weight";
      case DECODER -> "decoder." + (head.layer() - 1) + ".self.value.weight";
      case CROSS -> "decoder." + (head.layer() - 1) + ".cross.value.weight";
    };
  }

  /** The log-probabilities after the values of {@code head} have been changed. */
  private static float[] withOtherValues(WeightedModel model, AttentionHead head) {
    ParameterBuffer from = model.weights().parameters();
    ParameterBuffer changed = from.zerosLike();
    changed.flat().assign(from.flat());
    ModelSettings settings = model.model().settings();
    int size = settings.hiddenSize() / settings.attention().heads();
    int first = (head.head() - 1) * size;
    changed
        .view(name(head))
        .get(NDArrayIndex.all(), NDArrayIndex.interval(first, first + size))
        .muli(-2);
    return logProbabilities(WeightedModel.of(model.model(), changed));
  }

  @ParameterizedTest
  @MethodSource("transformers")
  void thePrunedHeadCountsNoLongerAndTheOthersDo(ModelSettings settings) {
    EncoderDecoder model = Variants.model(settings, DataType.FLOAT);
    WeightedModel whole = WeightedModel.of(model, model.initialize(3));
    float[] before = logProbabilities(whole);
    for (AttentionKind kind : AttentionKind.values()) {
      if (kind.layers(settings) == 0) {
        continue;
      }
      AttentionHead head = new AttentionHead(kind, 1, 2);
      WeightedModel pruned = whole.changed(PrunedHead.of(settings, head));
      float[] without = logProbabilities(pruned);
      assertFalse(Arrays.equals(before, without), head::toString);
      assertArrayEquals(without, withOtherValues(pruned, head), 1e-6f);
      if (settings.attention().function() == AttentionFunction.SOFTMAX) {
        float[] other = withOtherValues(pruned, new AttentionHead(kind, 1, 1));
        assertFalse(Arrays.equals(without, other), head::toString);
      }
    }
    assertArrayEquals(before, logProbabilities(whole));
  }

  @Test
  void allHeadsAreListedOnceAndOthersRefused() {
    ModelSettings settings = transformers().findFirst().orElseThrow().getPayload();
    int layers = settings.encoderLayers() + 2 * settings.decoderLayers();
    assertEquals(
        (long) layers * settings.attention().heads(),
        PrunedHead.all(settings).stream().distinct().count());
    AttentionHead absent = new AttentionHead(AttentionKind.CROSS, 99, 1);
    assertThrows(InvalidInputException.class, () -> PrunedHead.of(settings, absent));
  }

  @Test
  void aDecoderOfSsrusHasHeadsOfCrossAttentionOnly() {
    ModelSettings plain = transformers().findFirst().orElseThrow().getPayload();
    ModelSettings settings = Variants.ssru(plain);
    assertEquals(
        PrunedHead.all(plain).stream().filter(h -> h.kind() != AttentionKind.DECODER).toList(),
        PrunedHead.all(settings));
  }

  @Test
  void aRecurrentModelHasNoHeads() {
    ModelSettings recurrent =
        Variants.all()
            .map(Named::getPayload)
            .filter(settings -> settings.kind() == ModelKind.RECURRENT)
            .findFirst()
            .orElseThrow();
    assertThrows(InvalidInputException.class, () -> PrunedHead.all(recurrent));
  }
}
