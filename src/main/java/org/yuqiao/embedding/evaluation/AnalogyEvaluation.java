package org.yuqiao.embedding.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.yuqiao.embedding.query.AnalogyMethod;
import org.yuqiao.embedding.vectors.WordVectors;

/**
 * Accuracy of word vectors on analogy questions, by section and method. Questions with unknown
 * words are skipped and lower the coverage.
 */
public final class AnalogyEvaluation {
  private final WordVectors vectors;
  private final AnalogySearch search;

  /**
   * The result of a section.
   *
   * @param questions the number of questions
   * @param covered the number of questions with known words only
   * @param correctAdd the number of covered questions that 3CosAdd answers correctly
   * @param correctMultiply the number of covered questions that 3CosMul answers correctly
   */
  public record Section(
      String name, int questions, int covered, int correctAdd, int correctMultiply) {
    /** The share of covered questions, 0 to 1. */
    public double coverage() {
      return share(covered, questions);
    }

    /** The share of covered questions answered correctly, 0 to 1. */
    public double accuracy(AnalogyMethod method) {
      return share(method == AnalogyMethod.ADD ? correctAdd : correctMultiply, covered);
    }

    private static double share(int part, int whole) {
      return whole == 0 ? 0 : (double) part / whole;
    }
  }

  /** The results of all sections, and their total. */
  public record Result(List<Section> sections, Section total) {}

  /**
   * Evaluates {@code vectors}.
   *
   * @param threads the number of search threads
   */
  public AnalogyEvaluation(WordVectors vectors, int threads) {
    this.vectors = vectors;
    this.search = new AnalogySearch(vectors, threads);
  }

  /** Answers all questions in one search and counts the correct answers. */
  public Result evaluate(AnalogyQuestions questions) {
    List<int[]> asked = new ArrayList<>();
    for (AnalogyQuestions.Section section : questions.sections()) {
      for (AnalogyQuestions.Question question : section.questions()) {
        rows(question, asked);
      }
    }
    Map<AnalogyMethod, int[]> answers = answers(asked);
    List<Section> sections = new ArrayList<>();
    int at = 0;
    for (AnalogyQuestions.Section section : questions.sections()) {
      List<int[]> ofSection = new ArrayList<>();
      section.questions().forEach(question -> rows(question, ofSection));
      int add = 0;
      int multiply = 0;
      for (int[] rows : ofSection) {
        add += answers.get(AnalogyMethod.ADD)[at] == rows[3] ? 1 : 0;
        multiply += answers.get(AnalogyMethod.MULTIPLY)[at] == rows[3] ? 1 : 0;
        at++;
      }
      sections.add(
          new Section(section.name(), section.questions().size(), ofSection.size(), add, multiply));
    }
    return new Result(List.copyOf(sections), total(sections));
  }

  private Map<AnalogyMethod, int[]> answers(List<int[]> asked) {
    List<int[]> questions = asked.stream().map(rows -> Arrays.copyOf(rows, 3)).toList();
    return questions.isEmpty() ? Map.of() : search.answers(questions);
  }

  /** Adds the rows of the question's words, if all four are known. */
  private void rows(AnalogyQuestions.Question question, List<int[]> asked) {
    OptionalInt a = vectors.index(question.a());
    OptionalInt aStar = vectors.index(question.aStar());
    OptionalInt b = vectors.index(question.b());
    OptionalInt bStar = vectors.index(question.bStar());
    if (a.isPresent() && aStar.isPresent() && b.isPresent() && bStar.isPresent()) {
      asked.add(new int[] {a.getAsInt(), aStar.getAsInt(), b.getAsInt(), bStar.getAsInt()});
    }
  }

  private static Section total(List<Section> sections) {
    return new Section(
        "total",
        sections.stream().mapToInt(Section::questions).sum(),
        sections.stream().mapToInt(Section::covered).sum(),
        sections.stream().mapToInt(Section::correctAdd).sum(),
        sections.stream().mapToInt(Section::correctMultiply).sum());
  }
}
