package org.yuqiao.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.yuqiao.backend.op.recurrent.RecurrentCell;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.layers.attention.AttentionFunction;
import org.yuqiao.layers.attention.AttentionSettings;
import org.yuqiao.layers.attention.PositionScheme;
import org.yuqiao.layers.attention.QueryKey;
import org.yuqiao.layers.attention.ScoreScale;
import org.yuqiao.layers.base.NormPlacement;
import org.yuqiao.layers.recurrent.RecurrentAttention;
import org.yuqiao.layers.recurrent.RecurrentSettings;

/** Which settings a recurrent model accepts. */
class ModelSettingsTest {
  private static ModelSettings recurrent(
      PositionScheme positions, AttentionSettings attention, NormPlacement norm, int hidden) {
    return settings(ModelKind.RECURRENT, positions, attention, norm, hidden);
  }

  private static ModelSettings settings(
      ModelKind kind,
      PositionScheme positions,
      AttentionSettings attention,
      NormPlacement norm,
      int hidden) {
    return ModelSettings.builder()
        .kind(kind)
        .hiddenSize(50)
        .feedForwardSize(1)
        .encoderLayers(1)
        .decoderLayers(1)
        .dropout(0)
        .positions(positions)
        .attention(attention)
        .layerNorm(norm)
        .maxPositions(16)
        .recurrent(new RecurrentSettings(RecurrentCell.GRU, RecurrentAttention.DOT, hidden))
        .build();
  }

  private static void assertRefused(
      String key, PositionScheme positions, AttentionSettings attention, NormPlacement norm) {
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> recurrent(positions, attention, norm, 8));
    assertTrue(refusal.getMessage().contains("model." + key + " "), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("model.kind recurrent"), refusal.getMessage());
  }

  @Test
  void switchesOfTheTransformerAreRefusedByNameInARecurrentModel() {
    AttentionSettings paper = AttentionSettings.ofPaper(4);
    AttentionSettings relu =
        new AttentionSettings(4, AttentionFunction.RELU, ScoreScale.SQRT, QueryKey.SEPARATE);
    assertRefused("positions", PositionScheme.ROTARY, paper, NormPlacement.PRE);
    assertRefused("attention.function", PositionScheme.SINUSOIDAL, relu, NormPlacement.PRE);
    assertRefused("layerNorm", PositionScheme.SINUSOIDAL, paper, NormPlacement.POST);
  }

  @Test
  void headsNeedNotDivideItsWidthButDirectionsItsStates() {
    AttentionSettings three = AttentionSettings.ofPaper(3);
    assertDoesNotThrow(() -> recurrent(PositionScheme.SINUSOIDAL, three, NormPlacement.PRE, 8));
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class,
            () -> recurrent(PositionScheme.SINUSOIDAL, three, NormPlacement.PRE, 7));
    assertTrue(refusal.getMessage().contains("model.recurrent.hiddenSize"), refusal.getMessage());
  }

  @Test
  void recurrentSwitchesAreRefusedByNameInATransformer() {
    AttentionSettings two = AttentionSettings.ofPaper(2);
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class,
            () ->
                settings(
                    ModelKind.ENCODER_DECODER,
                    PositionScheme.SINUSOIDAL,
                    two,
                    NormPlacement.PRE,
                    8));
    assertTrue(
        refusal.getMessage().contains("model.recurrent.cell gru needs model.kind recurrent"),
        refusal.getMessage());
  }
}
