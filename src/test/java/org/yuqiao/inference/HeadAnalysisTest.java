package org.yuqiao.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.decode.heads.HeadAlignment;
import org.yuqiao.decode.heads.HeadSurvey;
import org.yuqiao.decode.heads.PrunedHead;
import org.yuqiao.decode.trace.AttentionHead;
import org.yuqiao.decode.trace.AttentionKind;
import org.yuqiao.evaluate.alignment.AlignmentScores;
import org.yuqiao.evaluate.alignment.GoldAlignment;
import org.yuqiao.model.ModelSettings;

class HeadAnalysisTest {
  private static final List<GoldAlignment> GOLD =
      GoldAlignment.read(Path.of("data/test-alignments.tsv")).subList(0, 40);

  @ParameterizedTest
  @ValueSource(strings = {"zh-en", "en-zh"})
  void theLayerThatAlignsIsBetterThanTheDiagonalInBothDirections(String direction) {
    try (TranslationModel model = TranslationModel.shipped(direction)) {
      HeadSurvey.Result result = HeadAnalysis.survey(model, GOLD);
      ModelSettings sizes = model.networks().get(0).model().settings();
      int heads = sizes.attention().heads();
      assertEquals(
          (sizes.encoderLayers() + 2 * sizes.decoderLayers()) * heads, result.heads().size());
      assertEquals(sizes.decoderLayers() * (heads + 1), result.alignments().size());
      AlignmentScores used =
          result.alignments().stream()
              .filter(one -> one.head().isEmpty() && one.layer() == result.alignedLayer())
              .map(HeadAlignment::predicting)
              .findFirst()
              .orElseThrow();
      assertTrue(used.errorRate() < result.diagonal().errorRate() - 10, result::toString);
      result
          .heads()
          .values()
          .forEach(
              profile ->
                  profile.shares().values().forEach(s -> assertTrue(s >= 0 && s <= 1 + 1e-6)));
    }
  }

  @Test
  void theModelWithoutAHeadIsAModelOfItsOwn() {
    AttentionHead head = new AttentionHead(AttentionKind.CROSS, 1, 1);
    try (TranslationModel model = TranslationModel.shipped("zh-en");
        TranslationModel without =
            model.changed(PrunedHead.of(model.networks().get(0).model().settings(), head))) {
      String whole = model.explain("我喜欢茶。", "I like tea.").target().toString();
      assertTrue(!whole.equals(without.explain("我喜欢茶。", "I like tea.").target().toString()));
      assertEquals(whole, model.explain("我喜欢茶。", "I like tea.").target().toString());
    }
  }
}
