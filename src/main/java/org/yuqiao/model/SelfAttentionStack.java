package org.yuqiao.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.layers.EncoderLayer;
import org.yuqiao.layers.attention.DecodingStep;
import org.yuqiao.layers.attention.MultiHeadAttention.KeysAndValues;
import org.yuqiao.layers.attention.PositionOffset;
import org.yuqiao.layers.attention.Positions;
import org.yuqiao.layers.base.Embedding;
import org.yuqiao.layers.base.LayerNorm;
import org.yuqiao.layers.base.NormPlacement;
import org.yuqiao.layers.base.Scope;

/**
 * Embeddings and layers of self-attention and feed-forward networks: an encoder ("Attention Is All
 * You Need", section 3.1) or, when causal, a decoder that has nothing but itself to look at
 * (Radford et al. 2018, section 3.1).
 */
final class SelfAttentionStack {
  private final Scope scope;
  private final Shape shape;
  private final Positions positions;
  private final Embedding embedding;
  private final List<EncoderLayer> layers = new ArrayList<>();
  private final Optional<LayerNorm> norm;

  /**
   * What distinguishes stacks of one model.
   *
   * @param name parameters are named after it
   * @param embedding the parameter that holds the embeddings of its tokens
   * @param causal whether no position sees a later one
   */
  record Shape(String name, String embedding, int vocabulary, int layers, boolean causal) {}

  /** Declares the stack's parameters. */
  SelfAttentionStack(Scope scope, ModelSettings settings, Shape shape) {
    this.scope = scope;
    this.shape = shape;
    String name = shape.name();
    this.positions =
        Positions.of(settings.positions(), scope, settings.stack(name, shape.causal()));
    this.embedding =
        new Embedding(scope, shape.embedding(), shape.vocabulary(), settings.hiddenSize());
    for (int i = 0; i < shape.layers(); i++) {
      layers.add(new EncoderLayer(scope, name + "." + i, settings.layerShape(), positions));
    }
    // With norms before the sub-layers, nothing has normalized the sum that leaves the stack.
    this.norm =
        settings.layerNorm() == NormPlacement.PRE
            ? Optional.of(new LayerNorm(scope, name + ".norm", settings.hiddenSize()))
            : Optional.empty();
  }

  /** Ids {@code [B, T]} and mask {@code [B, T]} to states {@code [B, T, D]}. */
  SDVariable of(SDVariable ids, SDVariable mask) {
    SDVariable embedded = positions.onEmbeddings(embedding.of(ids), PositionOffset.OF_SEQUENCE);
    SDVariable x = scope.dropout(embedded);
    for (EncoderLayer layer : layers) {
      x = layer.of(x, mask, shape.causal());
    }
    return close(x);
  }

  /**
   * The state {@code [B, 1, D]} of one new position.
   *
   * @param ids of the new tokens {@code [B, 1]}
   * @param caches keys and values of each layer {@code [B, C, D]}
   */
  SDVariable step(SDVariable ids, DecodingStep step, List<KeysAndValues> caches) {
    SDVariable x = positions.onEmbeddings(embedding.of(ids), step.beginning());
    for (int i = 0; i < layers.size(); i++) {
      x = layers.get(i).step(x, caches.get(i), step);
    }
    return close(x);
  }

  /** The logits {@code [.., V]} of states {@code [.., D]} against the embeddings. */
  SDVariable scores(SDVariable states) {
    return embedding.scores(states);
  }

  private SDVariable close(SDVariable x) {
    return norm.map(last -> last.of(x)).orElse(x);
  }
}
