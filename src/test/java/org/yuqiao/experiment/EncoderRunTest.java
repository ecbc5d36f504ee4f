package org.yuqiao.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.backend.Backend;
import org.yuqiao.corpus.clean.LabelMaker;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.SafeTensors;
import org.yuqiao.inference.Classifier;
import org.yuqiao.inference.Tagger;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.store.MetricsFile;
import org.yuqiao.text.Language;

/** Encoders alone, trained on the project's own corpus. */
class EncoderRunTest {
  private static final List<String> SPLITS = List.of("train", "valid", "test");

  @TempDir private Path folder;

  private final Backend backend = new Backend(2);

  private ExperimentSettings settings(String task, int steps, String more) throws IOException {
    Path file = folder.resolve(task + ".yaml");
    Files.writeString(
        file,
        """
        task: %s
        subwords: {vocabularySize: 600}
        model: {kind: encoder-only, hiddenSize: 32, feedForwardSize: 64, attention: {heads: 2},
          encoderLayers: 1}
        train: {minutes: 0, steps: %d, batchTokens: 600, labelSmoothing: 0, averageCheckpoints: 1,
          validateMinutes: 0, validateSteps: 50}
        optimizer: {schedule: constant, learningRate: 0.003, warmupSteps: 20}
        """
            .formatted(task, steps));
    return SettingsFile.read(file, List.of(more.split(";")));
  }

  /** The first pairs of the project's corpus as labeled text: few, for 300 steps. */
  private String labeled(LabelMaker maker) throws IOException {
    StringBuilder overrides = new StringBuilder();
    for (String split : SPLITS) {
      Path file = folder.resolve(split + "." + maker.ending());
      Path pairs = folder.resolve(split + ".tsv");
      try (Stream<String> lines = Files.lines(Path.of("data", split + ".tsv"))) {
        Files.write(pairs, lines.limit(7000).toList());
      }
      String text = maker.of(new CorpusFiles(pairs.toString()), Language.ZH);
      Files.writeString(file, text);
      overrides.append("data.").append(split).append("=[").append(file).append("];");
    }
    return overrides.toString();
  }

  private static String parallel() {
    return "data.train=[data/train.tsv];data.valid=[data/valid.tsv];data.test=[data/test.tsv];"
        + "data.maxPairs=1000";
  }

  private static double best(FinishedRun run, String figure) {
    return MetricsFile.read(run.folder()).of("validation").stream()
        .mapToDouble(line -> line.metric(figure))
        .min()
        .orElseThrow();
  }

  @Test
  void wordsAreFoundAndTaggedAndARunStoppedAndResumedIsTheSame() throws IOException {
    ExperimentSettings settings =
        settings(
            "tagging",
            300,
            labeled(LabelMaker.TAGGING) + "data.labelColumn=2;train.batchTokens=1000");
    FinishedRun run = FinishedRun.of(settings, folder.resolve("whole"), backend);
    double perplexity = best(run, "perplexity");
    double unigram = run.unigramPerplexity();
    assertTrue(Math.log(perplexity) < Math.log(unigram) / 2, perplexity + " against " + unigram);
    assertTrue(run.result().scores().get("f1") > 75, run.result().scores().toString());
    Path parts = folder.resolve("parts");
    FinishedRun.stoppedAfter(60, settings, parts, backend);
    FinishedRun resumed = FinishedRun.resumed(parts, backend);
    assertArrayEquals(
        Files.readAllBytes(run.folder().model()), Files.readAllBytes(resumed.folder().model()));
    try (Tagger tagger = Tagger.of(run.folder(), backend)) {
      assertTrue(tagger.readsCharacters());
      List<String> tokens = tagger.tokens("我喜欢 图书馆。");
      assertEquals(7, tokens.size());
      List<List<String>> labels = tagger.tag(List.of(tokens, List.of(), tagger.tokens("\u9F98")));
      assertEquals(List.of(7, 0, 1), labels.stream().map(List::size).toList());
      assertEquals("S", labels.get(0).get(6));
      // Longer than the model can read.
      assertEquals(500, tagger.tag(List.of(tagger.tokens("我".repeat(500)))).get(0).size());
    }
    String refusal =
        assertThrows(InvalidInputException.class, () -> Classifier.of(run.folder(), backend))
            .getMessage();
    assertTrue(refusal.contains("its task tagging"), refusal);
  }

  @Test
  void sentencesAreClassified() throws IOException {
    ExperimentSettings settings =
        settings("classification", 200, labeled(LabelMaker.CLASSIFICATION));
    FinishedRun run = FinishedRun.of(settings, folder.resolve("run"), backend);
    double perplexity = best(run, "perplexity");
    double unigram = run.unigramPerplexity();
    assertTrue(Math.log(perplexity) < Math.log(unigram) / 1.5, perplexity + " against " + unigram);
    try (Classifier classifier = Classifier.of(run.folder(), backend)) {
      List<Classifier.Classified> found = classifier.classify(List.of("你是学生吗", "", "我是学生"));
      assertEquals("question", found.get(0).label());
      assertEquals(3, found.size());
      assertEquals("statement", found.get(2).label());
      assertTrue(found.get(0).probability() > 0.5 && found.get(0).probability() <= 1);
    }
  }

  @Test
  void anEncoderLearntFromMasksStartsATranslationModel() throws IOException {
    FinishedRun masked =
        FinishedRun.of(settings("masked", 300, parallel()), folder.resolve("masked"), backend);
    double perplexity = best(masked, "perplexity");
    double unigram = masked.unigramPerplexity();
    assertTrue(perplexity < unigram * 0.8, perplexity + " against " + unigram);
    String start = parallel() + ";start.encoder=" + masked.folder().path();
    String translating = start + ";model.kind=encoder-decoder;model.decoderLayers=1;train.steps=5";
    FinishedRun begun =
        FinishedRun.of(
            settings("masked", 5, translating + ";optimizer.learningRate=0.0000001"),
            folder.resolve("translating"),
            backend);
    assertTrue(
        begun.said().stream().anyMatch(s -> s.matches("encoder from .*: 19 tensors.*")),
        begun.said().toString());
    assertEquals(
        masked.folder().loadTokenizer(Language.ZH).pieces(),
        begun.folder().loadTokenizer(Language.ZH).pieces());
    float[] before = weights(masked);
    assertArrayEquals(before, weights(begun), 1e-4f);
    assertRefused(translating + ";model.hiddenSize=48", "has model.hiddenSize 32");
    assertRefused(translating + ";model.positions=rotary", "has model.positions sinusoidal");
    assertRefused(
        translating + ";direction=en-zh", "reads zh, but the encoder of this run reads en");
    assertRefused(translating + ";subwords.joint=true", "subwords.joint");
    assertRefused(start + ";model.kind=decoder-only", "start.encoder is for encoder-decoder");
  }

  private static float[] weights(FinishedRun run) {
    return SafeTensors.read(run.folder().model()).get("encoder.0.self.query.weight").values();
  }

  private void assertRefused(String overrides, String expected) {
    Path out = folder.resolve("refused" + overrides.hashCode());
    String message =
        assertThrows(
                InvalidInputException.class,
                () -> FinishedRun.of(settings("masked", 5, overrides), out, backend))
            .getMessage();
    assertTrue(message.contains(expected), message);
  }
}
