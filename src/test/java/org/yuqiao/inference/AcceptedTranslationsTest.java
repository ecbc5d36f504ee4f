package org.yuqiao.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.files.InvalidInputException;

class AcceptedTranslationsTest {
  @TempDir private Path folder;

  @Test
  void theShippedModelIsTestedByKindAndPunctuationDoesNotCount() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("lines.tsv"),
            "greeting\t你好。\tGood day. | hello!\nother\t你好。\tWhat a fine day it is\n");
    try (TranslationModel model = TranslationModel.load(Path.of("models/zh-en"))) {
      List<AcceptedTranslations.Outcome> outcomes =
          AcceptedTranslations.read(file).test(model, model.settings().decode(), done -> {});
      assertTrue(outcomes.get(0).matches(), outcomes.toString());
      assertTrue(!outcomes.get(1).matches() && outcomes.get(1).chrf() < outcomes.get(0).chrf());
      var summaries = AcceptedTranslations.summaries(outcomes);
      assertEquals(List.of("greeting", "other", "all"), List.copyOf(summaries.keySet()));
      assertEquals(1, summaries.get("all").matching());
      assertEquals(0, summaries.get("all").degenerate());
    }
  }

  @Test
  void aLineWithoutThreeColumnsIsRefusedByItsNumber() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.tsv"), "a\tb\tc\nd\te\n");
    String message =
        assertThrows(InvalidInputException.class, () -> AcceptedTranslations.read(file))
            .getMessage();
    assertTrue(message.contains("line 2"), message);
  }
}
