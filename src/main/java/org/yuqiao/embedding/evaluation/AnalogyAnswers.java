package org.yuqiao.embedding.evaluation;

import java.util.Arrays;
import java.util.List;
import org.yuqiao.backend.simd.RowCombination;
import org.yuqiao.embedding.query.AnalogyMethod;

/** The best answers of one method so far, updated block by block over the vocabulary. */
final class AnalogyAnswers {
  private final AnalogyMethod method;
  private final List<int[]> questions;
  private final int[] words;
  private final float[] scores;
  private final int[] best;

  /**
   * No answers yet.
   *
   * @param words the questions' words, W of them
   * @param questions for each the indices of a, a* and b among the words
   */
  AnalogyAnswers(AnalogyMethod method, int[] words, List<int[]> questions) {
    this.method = method;
    this.words = words;
    this.questions = questions;
    this.scores = new float[questions.size()];
    this.best = new int[questions.size()];
    Arrays.fill(scores, Float.NEGATIVE_INFINITY);
    Arrays.fill(best, -1);
  }

  /** The rows of the best answers; -1 without a candidate. */
  int[] best() {
    return best;
  }

  /**
   * Updates the answers with a block of the vocabulary.
   *
   * @param from the row of its first word
   * @param size the number of its words
   * @param cosines their cosines with the questions' words {@code [W, size]}, each shifted from
   *     -1..1 to 0..1
   */
  void consider(int from, int size, float[] cosines) {
    for (int q = 0; q < questions.size(); q++) {
      int[] places = questions.get(q);
      int[] rows = {places[0] * size, places[1] * size, places[2] * size};
      float max = maxScore(cosines, rows, size);
      if (max > scores[q]) {
        find(q, cosines, rows, from, size, max);
      }
    }
  }

  /** Merges the answers of another thread. Ties go to the earlier word. */
  void merge(AnalogyAnswers others) {
    for (int q = 0; q < questions.size(); q++) {
      boolean better = others.scores[q] > scores[q];
      boolean earlier = others.scores[q] == scores[q] && others.best[q] < best[q];
      if (better || earlier) {
        scores[q] = others.scores[q];
        best[q] = others.best[q];
      }
    }
  }

  /** Takes the first word with the maximum score, excluding the question's words. */
  private void find(int question, float[] cosines, int[] rows, int from, int size, float max) {
    int[] places = questions.get(question);
    float score = scores[question];
    for (int i = 0; i < size; i++) {
      float candidate =
          method.score(cosines[rows[0] + i], cosines[rows[1] + i], cosines[rows[2] + i]);
      int row = from + i;
      if (candidate > score
          && row != words[places[0]]
          && row != words[places[1]]
          && row != words[places[2]]) {
        score = candidate;
        best[question] = row;
        if (candidate == max) {
          break;
        }
      }
    }
    scores[question] = score;
  }

  /** The maximum {@link AnalogyMethod#score} of a block, the question's words included. */
  private float maxScore(float[] cosines, int[] rows, int size) {
    int a = rows[0];
    int aStar = rows[1];
    int b = rows[2];
    return method == AnalogyMethod.ADD
        ? RowCombination.maxOfSum(cosines, b, a, aStar, size)
        : RowCombination.maxOfQuotient(cosines, b, a, aStar, AnalogyMethod.EPSILON, size);
  }
}
