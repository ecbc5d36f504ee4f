package org.yuqiao.decode.search;

/**
 * The best one-token extensions of the hypotheses of a sentence, the most probable first; ties keep
 * the order of offers.
 */
final class BeamCandidates {
  private final int[] rows;
  private final int[] tokens;
  private final double[] logProbabilities;
  private int count;

  /** Keeps the best {@code capacity}. */
  BeamCandidates(int capacity) {
    this.rows = new int[capacity];
    this.tokens = new int[capacity];
    this.logProbabilities = new double[capacity];
  }

  void clear() {
    count = 0;
  }

  /** Adds an extension if it is among the best. */
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
