package org.yuqiao.embedding.evaluation;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.yuqiao.embedding.query.AnalogyMethod;

/**
 * The best answers found so far to many questions by one method, while one block of the vocabulary
 * after the other is looked at.
 */
final class AnalogyAnswers {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private final AnalogyMethod method;
  private final List<int[]> questions;
  private final int[] words;
  private final float[] scores;
  private final int[] best;

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
      float greatest =
          method == AnalogyMethod.ADD
              ? greatestAdd(cosines, rows, size)
              : greatestMultiply(cosines, rows, size);
      if (greatest > scores[q]) {
        find(q, cosines, rows, from, size, greatest);
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

  /** Takes the first word with the greatest score, the question's own words left out. */
  private void find(int question, float[] cosines, int[] rows, int from, int size, float greatest) {
    int[] places = questions.get(question);
    float score = scores[question];
    for (int i = 0; i < size; i++) {
      float here = method.score(cosines[rows[0] + i], cosines[rows[1] + i], cosines[rows[2] + i]);
      int row = from + i;
      if (here > score
          && row != words[places[0]]
          && row != words[places[1]]
          && row != words[places[2]]) {
        score = here;
        best[question] = row;
        if (here == greatest) {
          break;
        }
      }
    }
    scores[question] = score;
  }

  private float greatestAdd(float[] cosines, int[] rows, int size) {
    FloatVector greatest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    int end = SPECIES.loopBound(size);
    for (int i = 0; i < end; i += SPECIES.length()) {
      FloatVector a = FloatVector.fromArray(SPECIES, cosines, rows[0] + i);
      FloatVector aStar = FloatVector.fromArray(SPECIES, cosines, rows[1] + i);
      FloatVector b = FloatVector.fromArray(SPECIES, cosines, rows[2] + i);
      greatest = greatest.max(b.sub(a).add(aStar));
    }
    return Math.max(greatest.reduceLanes(VectorOperators.MAX), rest(cosines, rows, end, size));
  }

  private float greatestMultiply(float[] cosines, int[] rows, int size) {
    FloatVector greatest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    int end = SPECIES.loopBound(size);
    for (int i = 0; i < end; i += SPECIES.length()) {
      FloatVector a = FloatVector.fromArray(SPECIES, cosines, rows[0] + i);
      FloatVector aStar = FloatVector.fromArray(SPECIES, cosines, rows[1] + i);
      FloatVector b = FloatVector.fromArray(SPECIES, cosines, rows[2] + i);
      greatest = greatest.max(b.mul(aStar).div(a.add(AnalogyMethod.EPSILON)));
    }
    return Math.max(greatest.reduceLanes(VectorOperators.MAX), rest(cosines, rows, end, size));
  }

  /** The greatest score of the words that fill no whole vector. */
  private float rest(float[] cosines, int[] rows, int begin, int size) {
    float greatest = Float.NEGATIVE_INFINITY;
    for (int i = begin; i < size; i++) {
      greatest =
          Math.max(
              greatest,
              method.score(cosines[rows[0] + i], cosines[rows[1] + i], cosines[rows[2] + i]));
    }
    return greatest;
  }
}
