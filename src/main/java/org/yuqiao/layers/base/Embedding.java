package org.yuqiao.layers.base;

import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.backend.op.EmbeddingLookupOp;
import org.yuqiao.backend.op.LinearOp;

/**
 * An embedding (嵌入) matrix E {@code [V, D]}: looks up rows, scaled as {@link EmbeddingScale} says.
 * Transposed, it is a tied output layer.
 */
public final class Embedding {
  private final SDVariable table;
  private final EmbeddingScale scale;
  private final int width;

  /** Declares E under {@code name}; blocks with the same name share it. */
  public Embedding(Scope scope, String name, int vocabulary, int width, EmbeddingScale scale) {
    Initializer normal = new Initializer.Normal(1 / Math.sqrt(width));
    this.table = scope.parameter(name, normal, vocabulary, width);
    this.scale = scale;
    this.width = width;
  }

  /** The scaled E[ids]: {@code [B, T]} to {@code [B, T, D]}. */
  public SDVariable of(SDVariable ids) {
    SDVariable rows = EmbeddingLookupOp.of(table, ids);
    return scale == EmbeddingScale.SQRT ? rows.mul(Math.sqrt(width)) : rows;
  }

  /** The logits x E&#x1D40;: {@code [.., D]} to {@code [.., V]}. */
  public SDVariable logits(SDVariable x) {
    return LinearOp.againstRows(x, table);
  }

  /** The logits x E&#x1D40; + b with b {@code [V]}: {@code [.., D]} to {@code [.., V]}. */
  public SDVariable logits(SDVariable x, SDVariable bias) {
    return LinearOp.againstRows(x, table, bias);
  }
}
