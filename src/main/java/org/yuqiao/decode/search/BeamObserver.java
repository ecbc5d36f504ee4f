package org.yuqiao.decode.search;

/** Receives every extension that a beam search considers. */
@FunctionalInterface
public interface BeamObserver {
  /** The node of the empty hypothesis. */
  int ROOT = 0;

  /** Records nothing. */
  BeamObserver NONE = (parent, token, logProbability, score, status) -> ROOT;

  /**
   * Called for each extension.
   *
   * @param parent the node that is extended
   * @param logProbability of all tokens up to this one
   * @return the node of the extension
   */
  int extended(
      int parent, int token, double logProbability, double score, BeamTree.NodeStatus status);
}
