package org.yuqiao.decode.search;

import java.util.Arrays;

/** Keeps the best hypothesis of a running beam search: the best live one, at last the finished. */
final class BestPrefix implements BeamObserver {
  private static final int NONE = -1;

  private int[] parents = new int[64];
  private int[] tokens = new int[64];
  private double[] logProbabilities = new double[64];
  private int count = 1;
  private int live = NONE;
  private int finished = NONE;
  private double finishedScore;

  /** Begins a step: its extensions come next, the best first. */
  void beginStep() {
    live = NONE;
  }

  @Override
  public int extended(
      int parent, int token, double logProbability, double score, BeamTree.NodeStatus status) {
    if (status == BeamTree.NodeStatus.PRUNED) {
      return ROOT;
    }
    if (status == BeamTree.NodeStatus.FINISHED) {
      if (finished == NONE || score > finishedScore) {
        finished = parent;
        finishedScore = score;
      }
      return ROOT;
    }
    if (count == tokens.length) {
      parents = Arrays.copyOf(parents, 2 * count);
      tokens = Arrays.copyOf(tokens, 2 * count);
      logProbabilities = Arrays.copyOf(logProbabilities, 2 * count);
    }
    parents[count] = parent;
    tokens[count] = token;
    logProbabilities[count] = logProbability;
    live = live == NONE ? count : live;
    return count++;
  }

  /** Reports the best hypothesis, if there is one. */
  void report(boolean done, SearchListener listener) {
    int last = (done || live == NONE) && finished != NONE ? finished : live;
    if (last == NONE) {
      return;
    }
    int length = 0;
    for (int node = last; node != ROOT; node = parents[node]) {
      length++;
    }
    int[] ids = new int[length];
    double[] scores = new double[length];
    for (int node = last; node != ROOT; node = parents[node]) {
      ids[--length] = tokens[node];
      scores[length] = logProbabilities[node] - logProbabilities[parents[node]];
    }
    listener.advanced(ids, scores);
  }
}
