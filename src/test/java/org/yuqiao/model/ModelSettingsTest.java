package org.yuqiao.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.yuqiao.backend.RecurrentCell;
import org.yuqiao.files.BadInput;
import org.yuqiao.graph.Activation;
import org.yuqiao.graph.AttentionNormaliser;
import org.yuqiao.graph.AttentionSettings;
import org.yuqiao.graph.FeedForwardForm;
import org.yuqiao.graph.NormPlacement;
import org.yuqiao.graph.PositionScheme;
import org.yuqiao.graph.QueryKey;
import org.yuqiao.graph.RecurrentAttention;
import org.yuqiao.graph.RecurrentSettings;
import org.yuqiao.graph.RelativeSettings;
import org.yuqiao.graph.ScoreScale;

/** What goes together in a recurrent model. */
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
    return new ModelSettings(
        kind,
        50,
        1,
        1,
        1,
        0,
        positions,
        RelativeSettings.USUAL,
        attention,
        norm,
        Activation.RELU,
        FeedForwardForm.PLAIN,
        Tie.TARGET,
        16,
        new RecurrentSettings(RecurrentCell.GRU, RecurrentAttention.DOT, hidden));
  }

  private static void assertRefused(
      String key, PositionScheme positions, AttentionSettings attention, NormPlacement norm) {
    BadInput refusal = assertThrows(BadInput.class, () -> recurrent(positions, attention, norm, 8));
    assertTrue(refusal.getMessage().contains("model." + key + " "), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("model.kind recurrent"), refusal.getMessage());
  }

  @Test
  void switchesOfTheTransformerAreRefusedByNameInARecurrentModel() {
    AttentionSettings usual = AttentionSettings.ofPaper(4);
    AttentionSettings relu =
        new AttentionSettings(4, AttentionNormaliser.RELU, ScoreScale.SQRT, QueryKey.SEPARATE);
    assertRefused("positions", PositionScheme.ROTARY, usual, NormPlacement.PRE);
    assertRefused("attention.normaliser", PositionScheme.SINUSOIDAL, relu, NormPlacement.PRE);
    assertRefused("norm", PositionScheme.SINUSOIDAL, usual, NormPlacement.POST);
  }

  @Test
  void headsNeedNotDivideItsWidthButDirectionsItsStates() {
    AttentionSettings three = AttentionSettings.ofPaper(3);
    assertDoesNotThrow(() -> recurrent(PositionScheme.SINUSOIDAL, three, NormPlacement.PRE, 8));
    BadInput refusal =
        assertThrows(
            BadInput.class,
            () -> recurrent(PositionScheme.SINUSOIDAL, three, NormPlacement.PRE, 7));
    assertTrue(refusal.getMessage().contains("model.recurrent.hidden"), refusal.getMessage());
  }

  @Test
  void recurrentSwitchesAreRefusedByNameInATransformer() {
    AttentionSettings two = AttentionSettings.ofPaper(2);
    BadInput refusal =
        assertThrows(
            BadInput.class,
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
