package org.yuqiao.decode.search;

import java.util.List;
import java.util.Locale;

/**
 * The hypotheses of a beam search as a tree: a node is a prefix that ends with the node's token.
 *
 * @param nodes each after its parent; the first is the root, {@code <bos>}
 * @param chosen the id of the finished node that is the translation
 */
public record BeamTree(List<Node> nodes, int chosen) {

  /** The outcome of a hypothesis. */
  public enum NodeStatus {
    /** Extended further. */
    KEPT,
    /** Considered, but others were better. */
    PRUNED,
    /** Ended: a complete translation. */
    FINISHED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A hypothesis.
   *
   * @param id its index in the list
   * @param parent the id of the hypothesis without this token; -1 for the root
   * @param logProbability of all tokens up to this one
   * @param score the log-probability over the length penalty, plus the coverage penalty if finished
   */
  public record Node(
      int id, int parent, String token, double logProbability, double score, NodeStatus status) {}
}
