package org.yuqiao.decode.search;

import java.util.List;
import java.util.Locale;

/**
 * What a beam search tried, as a tree: a node is a beginning that ends with the node's token.
 *
 * @param nodes each after its parent; the first is the root, {@code <bos>}
 * @param chosen the id of the finished node that is the translation
 */
public record BeamTree(List<Node> nodes, int chosen) {

  /** What became of a beginning. */
  public enum NodeStatus {
    /** It went on. */
    KEPT,
    /** It was considered but others were better. */
    PRUNED,
    /** It ended and was set aside as a translation. */
    FINISHED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A beginning.
   *
   * @param id its place in the list
   * @param parent the id of the beginning without this token; -1 for the root
   * @param logProbability of all tokens up to this one
   * @param score that logarithm over the length penalty, with the coverage penalty when finished
   */
  public record Node(
      int id, int parent, String token, double logProbability, double score, NodeStatus fate) {}
}
