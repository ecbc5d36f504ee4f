package org.yuqiao.model;

import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.layers.attention.PositionOffset;
import org.yuqiao.layers.attention.Positions;
import org.yuqiao.layers.base.Embedding;
import org.yuqiao.layers.base.LayerNorm;
import org.yuqiao.layers.base.NormPlacement;
import org.yuqiao.layers.base.Scope;

/**
 * Both ends of a stack of layers: embeddings with positions below ("Attention Is All You Need",
 * sections 3.4 and 3.5), the final norm above.
 */
final class StackEnds {
  private final Scope scope;
  private final ModelSettings settings;
  private final StackShape shape;
  private final Positions positions;
  private final Embedding embedding;

  /** Declares positions and embeddings. */
  StackEnds(Scope scope, ModelSettings settings, StackShape shape) {
    this.scope = scope;
    this.settings = settings;
    this.shape = shape;
    this.positions =
        Positions.of(settings.positions(), scope, settings.stack(shape.name(), shape.causal()));
    this.embedding = settings.embedding(scope, shape.embedding(), shape.vocabulary());
  }

  /** The position scheme of the stack. */
  Positions positions() {
    return positions;
  }

  /** Ids {@code [B, T]} of positions from {@code offset} on to the first layer's input. */
  SDVariable embed(SDVariable ids, PositionOffset offset) {
    return scope.dropout(positions.onEmbeddings(embedding.of(ids), offset));
  }

  /** Normalizes the last layer's output, which pre-norm sub-layers leave unnormalized. */
  SDVariable normalize(SDVariable x) {
    return settings.layerNorm() == NormPlacement.PRE
        ? new LayerNorm(scope, shape.name() + ".norm", settings.hiddenSize()).of(x)
        : x;
  }

  /** The logits {@code [.., V]} of states {@code [.., D]} against the embeddings. */
  SDVariable logits(SDVariable states) {
    return settings.tiedLogits(scope, embedding, shape.vocabulary(), states);
  }
}
