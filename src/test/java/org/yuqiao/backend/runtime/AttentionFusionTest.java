package org.yuqiao.backend.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.op.AttentionContextOp;
import org.yuqiao.backend.session.InferenceWeights;
import org.yuqiao.backend.session.Session;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.ModelKind;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.StepGraph;
import org.yuqiao.model.Variants;

/** Which attention of a decoding step is one kernel, and that the session explains the rest. */
class AttentionFusionTest {
  private enum Fused {
    ALL,
    CROSS_ATTENTION,
    NONE
  }

  /** The table: a new attention function or position scheme needs an entry. */
  private static Fused expected(ModelSettings settings) {
    if (settings.kind() == ModelKind.RECURRENT) {
      return switch (settings.recurrent().attention()) {
        case ADDITIVE -> Fused.NONE;
        case DOT, GENERAL -> Fused.ALL;
      };
    }
    Fused ofFunction =
        switch (settings.attention().function()) {
          case SOFTMAX -> Fused.ALL;
          case RELU -> Fused.NONE;
        };
    Fused ofScheme =
        switch (settings.positions()) {
          case SINUSOIDAL, SINUSOIDAL_HALVES, SINUSOIDAL_MARIAN, LEARNED, ROTARY, NONE -> Fused.ALL;
          case RELATIVE_SHAW, RELATIVE_BIAS, TRANSFORMER_XL -> Fused.CROSS_ATTENTION;
        };
    return ofFunction.compareTo(ofScheme) > 0 ? ofFunction : ofScheme;
  }

  static Stream<Named<ModelSettings>> variants() {
    return Variants.all();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void attentionIsFusedOrTheSessionSaysWhyNot(ModelSettings settings) {
    EncoderDecoder model = Variants.model(settings, DataType.FLOAT);
    StepGraph step = model.stepGraph();
    InferenceWeights weights = new InferenceWeights(model.initialize(1));
    try (Session session = new KernelSession(step.graph(), List.of(step.logits()), weights)) {
      long all =
          step.graph().getOps().values().stream()
              .filter(op -> op.getOp() instanceof AttentionContextOp)
              .count();
      long expected =
          switch (expected(settings)) {
            case ALL -> 0;
            case CROSS_ATTENTION -> all / 2;
            case NONE -> all;
          };
      assertEquals(expected, session.notes().size(), session.notes().toString());
      session.notes().forEach(note -> assertTrue(note.contains(" is not fused: "), note));
    }
  }
}
