package org.yuqiao.evaluate.text;

import java.util.Arrays;

/**
 * Levenshtein distance near the diagonal, with the path that reaches it, between one reference and
 * hypotheses of one length. Of equal costs a match or substitution is preferred, then dropping a
 * word of the hypothesis, then adding one of the reference.
 *
 * <p>A hypothesis is mostly the last one with a phrase moved; the rows of the words that both begin
 * with are kept. Tercom and sacreBLEU keep rows too, to the same effect: none on the figures.
 */
final class EditDistance {
  /** How far from the diagonal cells are looked at, as in Tercom. */
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

  /** By words of the hypothesis, then of the reference; cells outside the beam stay far. */
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

  /** Edits from {@code next}, which is kept and must not be changed, to the reference. */
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
   * Which words stand where.
   *
   * @param position for each reference word the position in the hypothesis it is set against
   * @param referenceWrong for each reference word whether it is not matched
   * @param hypothesisWrong the same for the hypothesis
   */
  record Alignment(int[] position, boolean[] referenceWrong, boolean[] hypothesisWrong) {}

  /** The alignment on the path to the distance computed last. */
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
        // A reference word without counterpart is set against the hypothesis word before it.
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
