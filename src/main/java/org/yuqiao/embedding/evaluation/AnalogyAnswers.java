package org.yuqiao.embedding.evaluation;

import java.util.Arrays;
import java.util.List;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.embedding.query.AnalogyMethod;

/**
 * The best answers found so far to many questions by one method, while one block of the vocabulary
 * after the other is looked at.
 */
final class AnalogyAnswers {
  private final AnalogyMethod method;
  private final List<int[]> questions;
  private final int[] words;
  private final float[] scores;
  private final int[] best;
  private float[] block = {};

  /**
   * No answers yet.
   *
   * @param words the questions' words, W of them
   * @param questions for each the places of a, a* and b among the words
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

  /** The rows of the words that answer best; -1 where none is left to answer. */
  int[] best() {
    return best;
  }

  /**
   * Looks at a block.
   *
   * @param from the row of its first word
   * @param size how many words it has
   * @param cosines their cosines with the questions' words {@code [W, size]}, each moved from -1..1
   *     to 0..1
   */
  void consider(int from, int size, float[] cosines) {
    for (int q = 0; q < questions.size(); q++) {
      int[] places = questions.get(q);
      int[] rows = {places[0] * size, places[1] * size, places[2] * size};
      float max = SimdMath.max(scoresOfBlock(cosines, rows, size), size);
      if (max > scores[q]) {
        find(q, from, size, max);
      }
    }
  }

  /** Takes over what others found elsewhere. Of equal scores the earlier word wins. */
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

  /** Takes the first word with the max score, the question's own words left out. */
  private void find(int question, int from, int size, float max) {
    int[] places = questions.get(question);
    float score = scores[question];
    for (int i = 0; i < size; i++) {
      int row = from + i;
      if (block[i] > score
          && row != words[places[0]]
          && row != words[places[1]]
          && row != words[places[2]]) {
        score = block[i];
        best[question] = row;
        if (block[i] == max) {
          break;
        }
      }
    }
    scores[question] = score;
  }

  /** The score of each word of a block; one plain loop a method, which the JIT vectorizes. */
  private float[] scoresOfBlock(float[] cosines, int[] rows, int size) {
    if (block.length < size) {
      block = new float[size];
    }
    int a = rows[0];
    int aStar = rows[1];
    int b = rows[2];
    if (method == AnalogyMethod.ADD) {
      for (int i = 0; i < size; i++) {
        block[i] = cosines[b + i] - cosines[a + i] + cosines[aStar + i];
      }
    } else {
      for (int i = 0; i < size; i++) {
        block[i] = cosines[b + i] * cosines[aStar + i] / (cosines[a + i] + AnalogyMethod.EPSILON);
      }
    }
    return block;
  }
}
