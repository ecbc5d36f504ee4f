package org.yuqiao.evaluate.text;

import java.util.Arrays;

/**
 * Levenshtein distance and alignment within a beam around the diagonal, between a reference and
 * equally long hypotheses. Ties prefer a match or substitution, then a deletion, then an insertion.
 *
 * <p>Consecutive hypotheses mostly differ by a shifted phrase, so the rows of their common prefix
 * are reused. Tercom and sacreBLEU cache rows too; the distances are unaffected.
 */
final class EditDistance {
  /** The maximum distance of a computed cell from the diagonal, as in Tercom. */
  private static final int BEAM = 25;

  private static final int FAR = 1 << 29;
  private static final byte MATCH = 0;
  private static final byte SUBSTITUTE = 1;

  /** A word of the hypothesis has no counterpart. */
  private static final byte DROP = 2;

  /** A word of the reference has no counterpart. */
  private static final byte ADD = 3;

  private final int[] reference;
  private final int words;

  /** {@code [hypothesis + 1, reference + 1]}; cells outside the beam stay at {@link #FAR}. */
  private final int[][] cost;

  private final byte[][] step;
  private final double ratio;
  private final int beam;
  private int[] hypothesis = {};

  /** Distances from hypotheses of {@code words} words to {@code reference}. */
  EditDistance(int[] reference, int words) {
    this.reference = reference;
    this.words = words;
    this.cost = new int[words + 1][reference.length + 1];
    this.step = new byte[words + 1][reference.length + 1];
    for (int j = 0; j <= reference.length; j++) {
      cost[0][j] = j;
      step[0][j] = ADD;
    }
    for (int i = 1; i <= words; i++) {
      Arrays.fill(cost[i], FAR);
    }
    this.ratio = words == 0 ? 1 : (double) reference.length / words;
    this.beam = BEAM < ratio / 2 ? (int) Math.ceil(ratio / 2 + BEAM) : BEAM;
  }

  /** The edits from {@code next} to the reference; keeps {@code next}, which must not change. */
  int distance(int[] next) {
    int known = Math.max(0, Arrays.mismatch(hypothesis, next));
    for (int i = known + 1; i <= words; i++) {
      fillRow(next[i - 1], i);
    }
    hypothesis = next;
    return cost[words][reference.length];
  }

  private void fillRow(int word, int i) {
    int diagonal = (int) Math.floor(i * ratio);
    int begin = Math.max(0, diagonal - beam);
    int end = i == words ? reference.length : Math.min(reference.length, diagonal + beam - 1);
    int[] above = cost[i - 1];
    int[] row = cost[i];
    for (int j = begin; j <= end; j++) {
      int best = above[j] + 1;
      byte how = DROP;
      if (j > 0) {
        boolean same = word == reference[j - 1];
        int substituted = above[j - 1] + (same ? 0 : 1);
        if (substituted <= best) {
          best = substituted;
          how = same ? MATCH : SUBSTITUTE;
        }
        if (row[j - 1] + 1 < best) {
          best = row[j - 1] + 1;
          how = ADD;
        }
      }
      row[j] = Math.min(best, FAR);
      step[i][j] = how;
    }
  }

  /**
   * The alignment of hypothesis and reference words.
   *
   * @param position for each reference word its aligned position in the hypothesis
   * @param referenceWrong for each reference word whether it is unmatched
   * @param hypothesisWrong for each hypothesis word whether it is unmatched
   */
  record Alignment(int[] position, boolean[] referenceWrong, boolean[] hypothesisWrong) {}

  /** The alignment of the last computed distance. */
  Alignment alignment() {
    int[] position = new int[reference.length];
    boolean[] referenceWrong = new boolean[reference.length];
    boolean[] hypothesisWrong = new boolean[words];
    int i = words;
    int j = reference.length;
    while (i > 0 || j > 0) {
      byte how = step[i][j];
      if (how != ADD) {
        hypothesisWrong[i - 1] = how != MATCH;
      }
      if (how != DROP) {
        // An unaligned reference word takes the position of the hypothesis word before it.
        position[j - 1] = i - 1;
        referenceWrong[j - 1] = how != MATCH;
        j--;
      }
      if (how != ADD) {
        i--;
      }
    }
    return new Alignment(position, referenceWrong, hypothesisWrong);
  }
}
