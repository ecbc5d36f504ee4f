package org.yuqiao.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.TinyExperiment;
import org.yuqiao.decode.search.Sampling;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.experiment.Training;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Language;
import org.yuqiao.text.Placeholders;
import org.yuqiao.text.protect.ProtectedText;

/** Protected spans of a model that has hardly learned anything: each is copied all the same. */
class ProtectedSpansTest {
  @TempDir private static Path folder;
  private static RunFolder run;
  @AutoClose private static TranslationModel model;

  @BeforeAll
  static void train() throws IOException {
    run = trained("with", "data.protect: true");
    model = TranslationModel.load(run.path());
  }

  private static RunFolder trained(String name, String setting) throws IOException {
    Path experiment =
        TinyExperiment.write(
            folder,
            name + ".yaml",
            setting
                + """

                train: {minutes: 0, steps: 3, validateMinutes: 0, validateSteps: 3, averageCheckpoints: 1}
                decode: {beamSize: 2, maxLengthRatio: 1.0}
                """);
    return Training.run(experiment, folder.resolve(name), said -> {});
  }

  private static List<String> translated(Strategy strategy, List<String> lines) {
    return model
        .translate(
            lines.stream()
                .map(line -> TranslationModel.Line.of(line).withProtectedSpans())
                .toList(),
            strategy,
            done -> {})
        .stream()
        .map(best -> best.get(0).text())
        .toList();
  }

  private static void assertAllCopied(Strategy strategy) throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("data/protected.tsv")).stream()
            .map(line -> line.split("\t", -1)[1])
            .toList();
    List<String> translations = translated(strategy, lines);
    for (int i = 0; i < lines.size(); i++) {
      ProtectedText text = ProtectedText.of(lines.get(i), Language.ZH);
      assertTrue(!text.spans().isEmpty(), lines.get(i));
      assertEquals(text.spans().size(), text.copied(translations.get(i)), translations.get(i));
      assertTrue(translations.get(i).codePoints().noneMatch(c -> c >= 0xE000 && c < 0xF8FF));
    }
  }

  @Test
  void everySpanOfTheCorpusIsCopiedBySearchGreedyAndSampling() throws IOException {
    assertAllCopied(Strategy.withoutScores(model.settings().decode()));
    assertAllCopied(Strategy.withoutScores(DecodingSettings.GREEDY));
    assertAllCopied(Strategy.sampling(DecodingSettings.GREEDY, new Sampling(1, 0, 1, 5), 1));
  }

  @Test
  void aLineWithMoreSpansThanPlaceholdersIsCut() {
    String line =
        String.join("，", IntStream.range(100, 150).mapToObj(Integer::toString).toList()) + "都是数。";
    String translation =
        translated(Strategy.withoutScores(model.settings().decode()), List.of(line)).get(0);
    assertEquals(50, ProtectedText.of(line, Language.ZH).copied(translation), translation);
  }

  @Test
  void aLineOfNothingButSpansStaysAsItIs() {
    List<String> lines = List.of("https://example.com/a/b", "123 {0}！", "<br/>", "👍👍👍", "----");
    assertEquals(lines, translated(Strategy.withScores(model.settings().decode(), 2), lines));
  }

  @Test
  void aLineOfADateOrALargeNumberNeedsNoModel() {
    assertEquals(
        List.of("January 1, 2025", "30,000", "123"),
        translated(
            Strategy.withoutScores(model.settings().decode()), List.of("二〇二五年一月一日", "3万", "１２３")));
  }

  @Test
  void aSpanInTheGivenBeginningCountsAsProduced() {
    TranslationModel.Line line = new TranslationModel.Line("我有77本书。", "In 77 ", true);
    String text =
        model
            .translate(List.of(line), Strategy.withoutScores(model.settings().decode()), done -> {})
            .get(0)
            .get(0)
            .text();
    assertTrue(text.startsWith("In 77"), text);
    assertEquals(text.indexOf("77"), text.lastIndexOf("77"));
  }

  @Test
  void aShortNumberIsReadByTheModelAndProtectedWhereTheTranslationLacksIt() {
    TranslationModel.Line line = TranslationModel.Line.of("我有７7本书，编号123456。").withProtectedSpans();
    SplitLine.Sentence sentence = model.split(line, LineSplitting.SENTENCES).sentences().get(0);
    assertEquals("我有77本书,编号" + Placeholders.of(0) + "。", sentence.text().replace('，', ','));
    assertEquals(2, sentence.withAllProtected().spans().size());
    assertEquals("我有７7本书，编号123456。", sentence.source());
    assertFalse(sentence.hasReadSpans("I have 177 books, number 123456."));
    String translation =
        translated(Strategy.withoutScores(DecodingSettings.GREEDY), List.of(line.source())).get(0);
    assertTrue(translation.contains("77") && translation.contains("123456"), translation);
  }

  @Test
  void aTranslationWithoutProtectionHasNoPlaceholder() {
    for (String text : model.translate(List.of("我有77本书。", "你有77本书吗？"))) {
      assertTrue(text.codePoints().noneMatch(c -> c >= 0xE000 && c < 0xF8FF), text);
    }
  }

  @Test
  void bothVocabulariesEndWithThePlaceholders() {
    for (Language language : Language.values()) {
      assertEquals(16, run.loadTokenizer(language).placeholders().length);
      assertTrue(run.loadTokenizer(language).size() <= 400);
    }
  }

  @Test
  void aModelWithoutPlaceholdersRefusesInOneSentence() throws IOException {
    RunFolder other = trained("without", "data.protect: false");
    try (TranslationModel plain = TranslationModel.load(other.path())) {
      TranslationModel.Line line = TranslationModel.Line.of("1").withProtectedSpans();
      assertEquals(
          "spans can't be protected: the model was trained without placeholder tokens"
              + " (data.protect: true)",
          assertThrows(
                  InvalidInputException.class, () -> plain.split(line, LineSplitting.SENTENCES))
              .getMessage());
    }
  }

  @Test
  void fineTuningWithProtectionAddsPlaceholdersToTheVocabularies() throws IOException {
    RunFolder other = trained("base", "data.protect: false");
    Path tuned =
        TinyExperiment.writeData(
            folder,
            "tuned.yaml",
            "data.protect: true\nstart: {model: " + other.path() + "}\ntrain: {steps: 1}\n");
    List<String> said = new ArrayList<>();
    RunFolder result = Training.run(tuned, folder.resolve("tuned"), said::add);
    assertTrue(
        said.stream().anyMatch(line -> line.matches("[0-9,]+ of [0-9,]+ parameters from .*")));
    for (Language language : Language.values()) {
      List<String> before = other.loadTokenizer(language).pieces();
      List<String> after = result.loadTokenizer(language).pieces();
      assertEquals(before, after.subList(0, before.size()));
      assertEquals(before.size() + 16, after.size());
    }
    try (TranslationModel extended = TranslationModel.load(result.path())) {
      assertTrue(extended.hasPlaceholders());
      assertTrue(extended.translate("请看https://example.com/a。").contains("https://example.com/a"));
    }
  }
}
