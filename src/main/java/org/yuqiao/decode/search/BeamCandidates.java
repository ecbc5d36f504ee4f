package org.yuqiao.decode.search;

/**
 * The best extensions of the hypotheses of a sentence by one token, the most probable first; of
 * equal ones that which was offered first.
 */
final class BeamCandidates {
  private final int[] rows;
  private final int[] tokens;
  private final double[] logProbabilities;
  private int count;

  /** Room for the best {@code most}. */
  BeamCandidates(int most) {
    this.rows = new int[most];
    this.tokens = new int[most];
    this.logProbabilities = new double[most];
  }

  void clear() {
    count = 0;
  }

  /** Takes an extension in if it is among the best. */
  void offer(int row, int token, double logProbability) {
    boolean full = count == rows.length;
    if (full && logProbability <= logProbabilities[count - 1]) {
      return;
    }
    int at = full ? count - 1 : count++;
    while (at > 0 && logProbabilities[at - 1] < logProbability) {
      rows[at] = rows[at - 1];
      tokens[at] = tokens[at - 1];
      logProbabilities[at] = logProbabilities[at - 1];
      at--;
    }
    rows[at] = row;
    tokens[at] = token;
    logProbabilities[at] = logProbability;
  }

  int count() {
    return count;
  }

  int row(int rank) {
    return rows[rank];
  }

  int token(int rank) {
    return tokens[rank];
  }

  double logProbability(int rank) {
    return logProbabilities[rank];
  }
}
