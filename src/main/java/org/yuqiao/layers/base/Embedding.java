package org.yuqiao.layers.base;

import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.backend.op.EmbeddingLookupOp;
import org.yuqiao.backend.op.LinearOp;

/**
 * An embedding (嵌入) matrix E {@code [V, D]}: looks up rows, scaled by sqrt(D) ("Attention Is All
 * You Need", section 3.4). Transposed, it is a tied output layer.
 */
public final class Embedding {
  private final SDVariable table;
  private final double scale;

  /** Declares E under {@code name}; blocks with the same name share it. */
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
  public SDVariable logits(SDVariable x) {
    return LinearOp.againstRows(x, table);
  }
}
