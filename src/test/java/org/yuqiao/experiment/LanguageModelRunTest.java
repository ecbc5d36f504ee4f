package org.yuqiao.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.TinyExperiment;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.search.Sampling;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.inference.TrainedLanguageModel;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;

/** A language model from text to texts. */
class LanguageModelRunTest {
  @TempDir private Path folder;

  private final Backend backend = new Backend(2);
  private Path experiment;

  @BeforeEach
  void writeExperiment() throws IOException {
    experiment =
        TinyExperiment.write(
            folder,
            "e.yaml",
            """
            subwords.vocabularySize: 300
            subwords.segmentation: character
            model.kind: decoder-only
            model.hiddenSize: 32
            model.feedForwardSize: 64
            train: {minutes: 0, steps: 120, batchTokens: 300, labelSmoothing: 0, averageCheckpoints: 1,
              validateMinutes: 0, validateSteps: 40}
            optimizer: {schedule: constant, learningRate: 0.005, warmupSteps: 10}
            """);
    Files.writeString(
        folder.resolve("valid.tsv"), "我有999本书。\tI have 999 books.\n我有998本书。\tI have 998.\n");
  }

  private ExperimentSettings settings(String... overrides) {
    return SettingsFile.read(experiment, List.of(overrides));
  }

  @Test
  void itLearnsFarBelowTheUnigramEntropyAndGoesOnWithText() throws IOException {
    FinishedRun run = FinishedRun.of(settings(), folder.resolve("run"), backend);
    double unigram = run.unigramPerplexity();
    double perplexity = run.result().scores().get("perplexity");
    assertTrue(perplexity < unigram / 3, perplexity + " against " + unigram);
    assertTrue(run.result().scores().containsKey("perplexity-per-character"));
    String report = Files.readString(run.folder().report());
    assertTrue(report.contains("decoder-only, zh"), report);
    Strategy greedy = Strategy.withoutScores(DecodingSettings.GREEDY);
    try (TrainedLanguageModel model = new TrainedLanguageModel(run.folder(), backend, greedy)) {
      String text = model.generate("我", 20).get(0).text();
      assertTrue(text.startsWith("我有"), text);
      List<TrainedLanguageModel.Candidate> next = model.next("我", 1, 3);
      assertEquals("有", next.get(0).piece());
      assertTrue(model.next("我", 0.5, 1).get(0).probability() > next.get(0).probability());
      assertThrows(InvalidInputException.class, () -> model.generate("书".repeat(200), 5));
    }
    Strategy drawn = Strategy.sampling(DecodingSettings.GREEDY, new Sampling(1, 5, 0.9, 3), 4);
    try (TrainedLanguageModel model = new TrainedLanguageModel(run.folder(), backend, drawn)) {
      assertEquals(4, model.generate("", 20).size());
    }
    String refusal =
        assertThrows(InvalidInputException.class, () -> TranslationModel.load(run.folder().path()))
            .getMessage();
    assertTrue(refusal.contains("does not translate"), refusal);
  }

  @Test
  void aRunStoppedAndResumedEndsWithTheSameModel() throws IOException {
    FinishedRun whole = FinishedRun.of(settings(), folder.resolve("whole"), backend);
    Path parts = folder.resolve("parts");
    FinishedRun.stoppedAfter(50, settings(), parts, backend);
    FinishedRun resumed = FinishedRun.resumed(parts, backend);
    assertArrayEquals(
        Files.readAllBytes(whole.folder().model()), Files.readAllBytes(resumed.folder().model()));
  }

  @Test
  void perplexityPerWordCountsWordsAndEnds() {
    FinishedRun run =
        FinishedRun.of(
            settings("data.language=en", "train.steps=20", "data.blockSize=40"),
            folder.resolve("run"),
            backend);
    // I have 999 books. / I have 998. and two ends.
    String units = run.result().signatures().get("perplexity-per-word");
    assertTrue(units.startsWith("9 words"), units);
    double perToken = run.result().scores().get("perplexity");
    double perWord = run.result().scores().get("perplexity-per-word");
    long tokens = Long.parseLong(run.result().signatures().get("perplexity").replaceAll(" .*", ""));
    assertEquals(tokens * Math.log(perToken), 9 * Math.log(perWord), 1e-6);
  }

  @Test
  void whatALanguageModelCannotHaveIsNamed() {
    for (String override :
        List.of(
            "subwords.joint=true",
            "model.weightTying=three-way",
            "embedding.init=cbow",
            "data.blockSize=101")) {
      String message =
          assertThrows(InvalidInputException.class, () -> settings(override)).getMessage();
      assertTrue(message.contains(override.replaceAll("=.*", "")), message);
    }
  }
}
