package org.yuqiao.decode.search;

/** Is told what a beam search tries. */
@FunctionalInterface
public interface BeamObserver {
  /** The node of the empty beginning. */
  int ROOT = 0;

  /** Takes no notes. */
  BeamObserver NONE = (parent, token, logProbability, score, fate) -> ROOT;

  /**
   * Is told of an extension.
   *
   * @param parent the node that is extended
   * @param logProbability of the whole beginning
   * @return the node of the extension
   */
  int extended(
      int parent, int token, double logProbability, double score, BeamTree.NodeStatus fate);
}
