package org.yuqiao.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.decode.search.Strategy;

class BackTranslationTest {
  private static final Path EN_ZH = Path.of("models/en-zh");

  @Test
  void realSentencesArePairedWithTheirTaggedTranslations() {
    try (TranslationModel model = TranslationModel.load(EN_ZH)) {
      Strategy strategy = Strategy.withoutScores(model.settings().decode());
      BackTranslation pairs = new BackTranslation(model, strategy, "<BT>");
      List<String> translated = model.translate(List.of("Hello.", "I like tea."));
      assertEquals(
          List.of(
              new SentencePair("<BT> " + translated.get(0), "Hello.", "back-translation"),
              new SentencePair("<BT> " + translated.get(1), "I like tea.", "back-translation")),
          pairs.pairs(List.of("Hello.", " ", "I like tea."), done -> {}));
      assertEquals(0, pairs.dropped());
    }
  }
}
