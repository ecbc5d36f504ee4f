package org.yuqiao.decode.explain;

import java.util.ArrayList;
import java.util.List;
import org.yuqiao.decode.search.BeamObserver;
import org.yuqiao.decode.search.BeamTree;
import org.yuqiao.text.Tokenizer;

/** Records the beam search of one sentence as a tree. */
final class BeamRecorder implements BeamObserver {
  private final Tokenizer tokenizer;
  private final List<BeamTree.Node> nodes = new ArrayList<>();
  private int chosen = ROOT;

  /** Begins with the root; {@code tokenizer} gives the text of tokens. */
  BeamRecorder(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
    nodes.add(
        new BeamTree.Node(
            ROOT, -1, tokenizer.piece(Tokenizer.BOS), 0, 0, BeamTree.NodeStatus.KEPT));
  }

  @Override
  public int extended(
      int parent, int token, double logProbability, double score, BeamTree.NodeStatus status) {
    int id = nodes.size();
    nodes.add(new BeamTree.Node(id, parent, tokenizer.piece(token), logProbability, score, status));
    boolean better = chosen == ROOT || score > nodes.get(chosen).score();
    if (status == BeamTree.NodeStatus.FINISHED && better) {
      chosen = id;
    }
    return id;
  }

  BeamTree tree() {
    return new BeamTree(List.copyOf(nodes), chosen);
  }
}
