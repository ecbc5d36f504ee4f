package org.yuqiao.experiment.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.evaluate.Bleu;
import org.yuqiao.evaluate.PairedBootstrap;
import org.yuqiao.evaluate.text.BleuTokenizer;
import org.yuqiao.files.InvalidInputException;

class ComparisonTest {
  private static final int SENTENCES = 60;

  @TempDir private Path folder;
  private MadeRuns runs;

  @BeforeEach
  void inventTestSet() {
    List<String> sources = new ArrayList<>();
    List<String> references = new ArrayList<>();
    for (int i = 0; i < SENTENCES; i++) {
      sources.add("我有" + i + "本书。");
      references.add(
          i % 2 == 0 ? "I have " + i : "Today I have as many as " + i + " books in my large house");
    }
    runs = new MadeRuns(folder, sources, references);
  }

  /** All right, but for the last words of every so-manieth sentence. */
  private List<String> spoilt(int every) {
    return IntStream.range(0, SENTENCES)
        .mapToObj(
            i ->
                i % every == 0
                    ? runs.references().get(i).replaceAll("\\S+$", "cats <b>")
                    : right(i))
        .toList();
  }

  private String right(int i) {
    return runs.references().get(i);
  }

  private Comparison compare(Path... paths) {
    return Comparison.of(List.of(paths), Optional.empty());
  }

  @Test
  void runsThatDifferInTheirSeedAloneAreOneSystem() throws IOException {
    Path first = runs.write("heads=2_seed=1", "model.encoderLayers: 2\n", spoilt(2));
    Path second =
        runs.write("heads=2_seed=2", "model.encoderLayers: 2\ntrain.seed: 2\n", spoilt(3));
    Path third = runs.write("heads=4_seed=1", "model.encoderLayers: 4\n", spoilt(1));
    Comparison comparison = compare(third, first, second);
    assertEquals(
        List.of("heads=4", "heads=2"),
        comparison.systems().stream().map(CompetingSystem::name).toList());
    assertEquals(2, comparison.systems().get(1).runs().size());
    assertEquals(List.of("4", "2"), comparison.settings().get("model.encoderLayers"));
    assertEquals(1, comparison.settings().size());
    assertEquals(
        first, Comparison.of(List.of(third), Optional.of(first)).baseline().runs().get(0).path());
  }

  @Test
  void theSameRunMadeTwiceIsTwoSystems() throws IOException {
    Path old = runs.write("old", "train.seed: 1\n", spoilt(2));
    Path young = runs.write("new", "train.seed: 1\n", spoilt(3));
    assertEquals(2, compare(old, young).systems().size());
  }

  @Test
  void aSingleSeedIsTestedAsThePairedBootstrapTestsIt() throws IOException {
    Path base = runs.write("base", "model.encoderLayers: 2\n", spoilt(5));
    Path other = runs.write("other", "model.encoderLayers: 4\n", spoilt(4));
    Bleu bleu = new Bleu(BleuTokenizer.MTEVAL_13A);
    List<List<String>> references = List.of(runs.references());
    PairedBootstrap.Result expected =
        new PairedBootstrap(bleu, 1000, 12345)
            .compare(bleu.allCounts(spoilt(4), references), bleu.allCounts(spoilt(5), references));
    BaselineTest test = compare(base, other).tests().get("bleu").get(0);
    assertEquals(expected.first() - expected.second(), test.difference(), 1e-9);
    assertEquals(expected.pValue(), test.sentences());
    assertTrue(test.seeds().isEmpty());
    SystemScore score = compare(base, other).scores().get("bleu").get(1);
    assertEquals(expected.firstResampled(), score.sentenceInterval());
  }

  @Test
  void aGreatDifferenceOnOneSeedIsCalledSoAndASmallOneNoise() throws IOException {
    Path base = runs.write("base", "model.encoderLayers: 2\n", spoilt(1));
    Path good = runs.write("good", "model.encoderLayers: 4\n", runs.references());
    List<String> nearly = new ArrayList<>(spoilt(1));
    nearly.set(1, right(1));
    Path same = runs.write("same", "model.encoderLayers: 8\n", nearly);
    Comparison comparison = compare(base, good, same);
    List<BaselineTest> tests = comparison.tests().get("bleu");
    assertEquals(BaselineTest.Verdict.ONE_SEED, tests.get(0).verdict());
    assertTrue(tests.get(0).isBetter());
    assertTrue(comparison.tests().get("ter").get(0).isBetter());
    assertEquals(BaselineTest.Verdict.NOISE_OF_SENTENCES, tests.get(1).verdict());
    assertEquals(100, comparison.scores().get("bleu").get(1).mean(), 1e-9);
    assertEquals(0, comparison.scores().get("ter").get(1).mean(), 1e-9);
    String words = String.join("\n", comparison.conclusions());
    assertTrue(words.contains("good) is better than A by"), words);
    assertTrue(words.contains("is noise: other test sentences"), words);
    assertTrue(words.contains("train both with several seeds"), words);
  }

  @Test
  void seedsThatDisagreeMakeADifferenceNoiseAndSeedsThatAgreeMakeItReal() throws IOException {
    Path a = runs.write("a/seed=1", "train.seed: 1\n", spoilt(1));
    Path b = runs.write("a/seed=2", "train.seed: 2\n", spoilt(1));
    Path c = runs.write("b/seed=1", "model.encoderLayers: 2\ntrain.seed: 1\n", runs.references());
    Path d = runs.write("b/seed=2", "model.encoderLayers: 2\ntrain.seed: 2\n", spoilt(20));
    Path e = runs.write("c/seed=1", "model.encoderLayers: 8\ntrain.seed: 1\n", runs.references());
    Path f = runs.write("c/seed=2", "model.encoderLayers: 8\ntrain.seed: 2\n", spoilt(1));
    assertEquals(
        BaselineTest.Verdict.REAL, compare(a, b, c, d).tests().get("bleu").get(0).verdict());
    assertEquals(
        BaselineTest.Verdict.NOISE_OF_SEEDS,
        compare(a, b, e, f).tests().get("bleu").get(0).verdict());
  }

  @Test
  void theBootstrapOfSeveralSeedsIsThatOfTheirMean() throws IOException {
    Path perfect = runs.write("seed=1", "train.seed: 1\n", runs.references());
    Path wrong =
        runs.write("seed=2", "train.seed: 2\n", runs.references().stream().map(r -> "x").toList());
    SystemScore score = compare(perfect, wrong).scores().get("bleu").get(0);
    // Whatever is drawn, one seed has 100 and the other 0.
    assertEquals(50, score.mean(), 1e-9);
    assertEquals(50, score.sentenceInterval().low(), 1e-9);
    assertEquals(50, score.sentenceInterval().high(), 1e-9);
  }

  @Test
  void bleuByLengthIsThatOfTheSentencesOfTheLength() throws IOException {
    List<String> shortOnesWrong =
        IntStream.range(0, SENTENCES).mapToObj(i -> i % 2 == 0 ? "cats" : right(i)).toList();
    List<LengthBuckets> buckets =
        compare(
                runs.write("run", "", shortOnesWrong),
                runs.write("x", "model.encoderLayers: 2", spoilt(2)))
            .buckets();
    // "I have 10" has 3 tokens, the long ones 12.
    assertEquals(
        List.of("up to 5", "11 to 15"), buckets.stream().map(LengthBuckets::label).toList());
    assertEquals(List.of(30, 30), buckets.stream().map(LengthBuckets::sentences).toList());
    assertEquals(0, buckets.get(0).scores().get(0), 1e-9);
    assertEquals(100, buckets.get(1).scores().get(0), 1e-9);
    assertEquals(100, buckets.get(1).scores().get(1), 1e-9);
  }

  @Test
  void theSentenceThatDiffersMostComesFirst() throws IOException {
    List<String> one = new ArrayList<>(runs.references());
    one.set(7, "quite another thing");
    one.set(9, one.get(9).replace("books", "book"));
    List<SentenceContrast> sentences =
        compare(
                runs.write("a", "", runs.references()),
                runs.write("b", "model.encoderLayers: 2", one))
            .sentences();
    assertEquals(List.of(8, 10), sentences.stream().map(SentenceContrast::number).toList());
    assertEquals(100, sentences.get(0).scores().get(0), 1e-9);
  }

  @Test
  void otherTestSetsAndIncompleteRunsAreRefused() throws IOException {
    Path run = runs.write("run", "", spoilt(2));
    List<String> otherReferences = new ArrayList<>(runs.references());
    otherReferences.set(3, "something else");
    Path other =
        new MadeRuns(folder, runs.sources(), otherReferences)
            .write("other", "model.encoderLayers: 2", spoilt(2));
    String message =
        assertThrows(InvalidInputException.class, () -> compare(run, other)).getMessage();
    assertTrue(message.contains("the same test set"), message);
    assertTrue(message.contains("60 sentences"), message);
    Files.delete(other.resolve("result.json"));
    String incomplete =
        assertThrows(InvalidInputException.class, () -> compare(run, other)).getMessage();
    assertTrue(incomplete.contains("stopped, not complete"), incomplete);
    assertEquals(
        List.of(other + " (stopped)"), Comparison.of(List.of(folder), Optional.empty()).leftOut());
  }

  @Test
  void thePageNeedsNothingElseAndEscapesWhatSystemsSay() throws IOException {
    Comparison comparison =
        compare(
            runs.write("base", "", spoilt(2)),
            runs.write("a|b", "model.encoderLayers: 2", spoilt(1)));
    Path report = folder.resolve("report");
    ComparisonReport.write(comparison, report);
    String html = Files.readString(report.resolve("index.html"));
    assertFalse(html.contains("http"), "a link to elsewhere");
    assertFalse(html.contains("cats <b>"));
    assertTrue(html.contains("cats &lt;b&gt;"));
    assertEquals(3, html.split("src=\"data:image/svg\\+xml;base64,", -1).length - 1);
    assertTrue(
        html.contains("1,234,567")
            && html.contains("2,000")
            && html.contains("1.50")
            && html.contains("54.60"));
    String markdown = Files.readString(report.resolve("report.md"));
    assertTrue(markdown.contains("a\\|b"), markdown);
    assertTrue(markdown.contains("| parameters | 1,234,567 | 1,234,567 |"), markdown);
    assertTrue(markdown.contains("](bleu-by-step.svg)"));
    assertTrue(Files.readString(report.resolve("bleu-by-step.svg")).contains("<svg"));
  }
}
