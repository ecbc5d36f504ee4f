package org.yuqiao.embedding.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.SharedData;
import org.yuqiao.embedding.Fixtures;
import org.yuqiao.embedding.query.Analogy;
import org.yuqiao.embedding.query.AnalogyMethod;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.stats.SpearmanCorrelation;

class EvaluationTest {
  @TempDir private Path folder;

  @Test
  void analogiesAreCountedAsWord2VecCountsThem() {
    AnalogyEvaluation.Result result =
        new AnalogyEvaluation(Fixtures.vectors("plural.txt"), 2)
            .evaluate(AnalogyQuestions.read(Fixtures.file("plural-questions.txt")));
    AnalogyEvaluation.Section nouns = result.sections().get(0);
    AnalogyEvaluation.Section verbs = result.sections().get(1);
    assertEquals(List.of("plurals", "verbs"), List.of(nouns.name(), verbs.name()));
    assertEquals(List.of(506, 506, 43), figures(nouns));
    assertEquals(List.of(110, 90, 33), figures(verbs));
    assertEquals(List.of(616, 596, 76), figures(result.total()));
    assertEquals(90 / 110.0, verbs.coverage());
    assertEquals(33 / 90.0, verbs.accuracy(AnalogyMethod.ADD));
  }

  private static List<Integer> figures(AnalogyEvaluation.Section section) {
    return List.of(section.questions(), section.covered(), section.correctAdd());
  }

  @Test
  void manyQuestionsAtOnceAreAnsweredAsEachAlone() {
    WordVectors vectors = Fixtures.random(20_011, 10, 5);
    Random random = new Random(6);
    List<int[]> questions = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      // Twice the same word is allowed, and near ones make sure that own words are left out.
      int a = random.nextInt(20_000);
      questions.add(new int[] {a, i % 7 == 0 ? a : a + 1, random.nextInt(20_011)});
    }
    Analogy single = new Analogy(vectors);
    for (int threads : new int[] {1, 3}) {
      var answers = new AnalogySearch(vectors, threads).answers(questions);
      for (AnalogyMethod method : AnalogyMethod.values()) {
        for (int i = 0; i < questions.size(); i++) {
          int[] q = questions.get(i);
          assertEquals(
              single.answers(q[0], q[1], q[2], method, 1).get(0).word(),
              vectors.word(answers.get(method)[i]));
        }
      }
    }
  }

  @Test
  void withoutAWordLeftNothingIsCorrect() throws IOException {
    WordVectors vectors = new WordVectors(List.of("a", "b"), 1, new float[] {1, 2});
    Files.writeString(folder.resolve("q.txt"), "a b a b\na b b unknown\n");
    AnalogyEvaluation.Section total =
        new AnalogyEvaluation(vectors, 1)
            .evaluate(AnalogyQuestions.read(folder.resolve("q.txt")))
            .total();
    assertEquals(new AnalogyEvaluation.Section("total", 2, 1, 0, 0), total);
  }

  @Test
  void sectionsAndLineEndsAreReadAsTheFilesHaveThem() throws IOException {
    Path file = folder.resolve("ca8.txt");
    Files.writeString(file, ": A\r\n避 避一避 补 补一补\r\n: B-C \r\n\r\n一 二\t三 四");
    AnalogyQuestions questions = AnalogyQuestions.read(file);
    assertEquals(
        List.of("A", "B-C"),
        questions.sections().stream().map(AnalogyQuestions.Section::name).toList());
    assertEquals(
        new AnalogyQuestions.Question("避", "避一避", "补", "补一补"),
        questions.sections().get(0).questions().get(0));
    Files.writeString(file, ": A\n一 二 三\n");
    String message =
        assertThrows(InvalidInputException.class, () -> AnalogyQuestions.read(file)).getMessage();
    assertTrue(message.contains("line 2") && message.contains("found 3"), message);
    Files.writeString(file, ": A\n");
    assertThrows(InvalidInputException.class, () -> AnalogyQuestions.read(file));
  }

  @Test
  void theFieldsQuestionsAreReadInFull() {
    int english =
        count(AnalogyQuestions.read(SharedData.require("data/word-tests/questions-words.txt")));
    int chinese =
        count(AnalogyQuestions.read(SharedData.require("data/word-tests/ca8_semantic.txt")))
            + count(
                AnalogyQuestions.read(SharedData.require("data/word-tests/ca8_morphological.txt")));
    assertEquals(19_544, english);
    assertEquals(17_813, chinese);
  }

  private static int count(AnalogyQuestions questions) {
    return questions.sections().stream().mapToInt(s -> s.questions().size()).sum();
  }

  @Test
  void foldedCaseKeepsTheFirstOfEqualWords() throws IOException {
    WordVectors vectors =
        new WordVectors(List.of("The", "cat", "the", "CAT"), 1, new float[] {1, 2, 3, 4});
    WordVectors folded = FoldedCase.of(vectors);
    assertEquals(List.of("the", "cat"), folded.words());
    assertArrayEquals(new float[] {1, 2}, folded.values());
    Files.writeString(folder.resolve("q.txt"), "The Cat A B\n");
    assertEquals(
        new AnalogyQuestions.Question("the", "cat", "a", "b"),
        FoldedCase.of(AnalogyQuestions.read(folder.resolve("q.txt")))
            .sections()
            .get(0)
            .questions()
            .get(0));
  }

  /** Expected values from scipy.stats.spearmanr 1.17.1. */
  @Test
  void rankCorrelationIsScipys() {
    double[] x = {1, 2, 2, 3, 5, 5, 5, 8, 9, 4};
    double[] y = {2.5, 1, 3, 3, 7, 6, 6, 9, 2, 4};
    assertEquals(0.4984735133969329, SpearmanCorrelation.of(x, y), 1e-12);
    assertEquals(
        0.8207826816681233,
        SpearmanCorrelation.of(new double[] {1, 2, 3, 4, 5}, new double[] {5, 6, 7, 8, 7}),
        1e-12);
    assertTrue(Double.isNaN(SpearmanCorrelation.of(new double[] {1, 1}, new double[] {1, 2})));
  }

  @Test
  void similarityIsJudgedOnKnownPairs() throws IOException {
    // Cosines with a: b 0.8, c 0, d -1.
    WordVectors vectors =
        new WordVectors(List.of("a", "b", "c", "d"), 2, new float[] {1, 0, 8, 6, 0, 2, -1, 0});
    Path file = folder.resolve("pairs.tsv");
    Files.writeString(
        file, "Word 1\tWord 2\tHuman (mean)\n# a remark\na\tb\t9\na\tc\t3\na\td\t4\na\te\t1\n");
    SimilarityEvaluation.Result result =
        SimilarityEvaluation.evaluate(vectors, SimilarityPairs.read(file));
    // Ranks 3, 2, 1 against 3, 1, 2: 1 - 6 * 2 / (3 * 8).
    assertEquals(new SimilarityEvaluation.Result(4, 3, 0.5), result);
    Files.writeString(file, "a,b,9\na c\n");
    String message =
        assertThrows(InvalidInputException.class, () -> SimilarityPairs.read(file)).getMessage();
    assertEquals(file + ", line 2: expected two words and a number, but found \"a c\"", message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cat\tdog\t7,5\n", "cat,dog,7,5\n", "cat dog x7\n", "cat;dog;7,5\n"})
  void aScoreThatIsNoNumberIsNotTakenForAHeader(String text) throws IOException {
    Path file = folder.resolve("pairs.tsv");
    Files.writeString(file, text);
    String message =
        assertThrows(InvalidInputException.class, () -> SimilarityPairs.read(file)).getMessage();
    assertTrue(message.contains("line 1: expected two words and a number"), message);
    assertTrue(
        message.contains("x7") || message.contains(";") || message.contains("decimal point"));
  }
}
