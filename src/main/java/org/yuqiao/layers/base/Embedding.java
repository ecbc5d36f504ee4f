package org.yuqiao.layers.base;

import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.backend.op.EmbeddingLookupOp;
import org.yuqiao.backend.op.LinearOp;

/**
 * An embedding matrix E {@code [V, D]}: one-hot times E is the look-up of a row, times sqrt(D) as
 * in "Attention Is All You Need", section 3.4; the same matrix turned round scores the vocabulary
 * at the output.
 */
public final class Embedding {
  private final SDVariable table;
  private final double scale;

  /** Declares E under {@code name}; two blocks with the same name share it. */
  public Embedding(Scope scope, String name, int vocabulary, int width) {
    Initializer normal = new Initializer.Normal(1 / Math.sqrt(width));
    this.table = scope.parameter(name, normal, vocabulary, width);
    this.scale = Math.sqrt(width);
  }

  /** sqrt(D) E[ids]: {@code [B, T]} to {@code [B, T, D]}. */
  public SDVariable of(SDVariable ids) {
    return EmbeddingLookupOp.of(table, ids).mul(scale);
  }

  /** The logits x E&#x1D40;: {@code [.., D]} to {@code [.., V]}. */
  public SDVariable scores(SDVariable x) {
    return LinearOp.againstRows(x, table);
  }
}
