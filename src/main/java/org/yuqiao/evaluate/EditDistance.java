package org.yuqiao.evaluate;

import java.util.Arrays;
import java.util.List;

/**
 * Levenshtein distance near the diagonal, with the path that reaches it. Of equal costs a match or
 * substitution is preferred, then dropping a word of the hypothesis, then adding one of the
 * reference.
 */
final class EditDistance {
  /** How far from the diagonal cells are looked at, as in Tercom. */
  private static final int BEAM = 25;

  private static final int FAR = 1 << 29;

  enum Step {
    MATCH,
    SUBSTITUTE,
    /** A word of the hypothesis has no counterpart. */
    DROP,
    /** A word of the reference has no counterpart. */
    ADD
  }

  private final List<String> reference;
  private final int[][] cost;
  private final Step[][] step;
  private final int words;

  /** Compares {@code hypothesis} with {@code reference}. */
  EditDistance(List<String> hypothesis, List<String> reference) {
    this.reference = reference;
    this.words = hypothesis.size();
    this.cost = new int[words + 1][reference.size() + 1];
    this.step = new Step[words + 1][reference.size() + 1];
    for (int j = 0; j <= reference.size(); j++) {
      cost[0][j] = j;
      step[0][j] = Step.ADD;
    }
    double ratio = words == 0 ? 1 : (double) reference.size() / words;
    int beam = BEAM < ratio / 2 ? (int) Math.ceil(ratio / 2 + BEAM) : BEAM;
    for (int i = 1; i <= words; i++) {
      Arrays.fill(cost[i], FAR);
      int diagonal = (int) Math.floor(i * ratio);
      int end = i == words ? reference.size() + 1 : Math.min(reference.size() + 1, diagonal + beam);
      for (int j = Math.max(0, diagonal - beam); j < end; j++) {
        fill(hypothesis, i, j);
      }
    }
  }

  private void fill(List<String> hypothesis, int i, int j) {
    if (j == 0) {
      set(i, j, cost[i - 1][j] + 1, Step.DROP);
      return;
    }
    boolean same = hypothesis.get(i - 1).equals(reference.get(j - 1));
    set(i, j, cost[i - 1][j - 1] + (same ? 0 : 1), same ? Step.MATCH : Step.SUBSTITUTE);
    set(i, j, cost[i - 1][j] + 1, Step.DROP);
    set(i, j, cost[i][j - 1] + 1, Step.ADD);
  }

  private void set(int i, int j, int value, Step how) {
    if (value < cost[i][j]) {
      cost[i][j] = value;
      step[i][j] = how;
    }
  }

  int distance() {
    return cost[words][reference.size()];
  }

  /**
   * Which words stand where.
   *
   * @param position for each reference word the position in the hypothesis it is set against
   * @param referenceWrong for each reference word whether it is not matched
   * @param hypothesisWrong the same for the hypothesis
   */
  @SuppressWarnings("ArrayRecordComponent") // local to the metric
  record Alignment(int[] position, boolean[] referenceWrong, boolean[] hypothesisWrong) {}

  Alignment alignment() {
    int[] position = new int[reference.size()];
    boolean[] referenceWrong = new boolean[reference.size()];
    boolean[] hypothesisWrong = new boolean[words];
    int i = words;
    int j = reference.size();
    while (i > 0 || j > 0) {
      Step how = step[i][j];
      if (how != Step.ADD) {
        hypothesisWrong[i - 1] = how != Step.MATCH;
      }
      if (how != Step.DROP) {
        // A reference word without counterpart is set against the hypothesis word before it.
        position[j - 1] = i - 1;
        referenceWrong[j - 1] = how != Step.MATCH;
        j--;
      }
      if (how != Step.ADD) {
        i--;
      }
    }
    return new Alignment(position, referenceWrong, hypothesisWrong);
  }
}
