package org.yuqiao.model;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.layers.EncoderLayer;
import org.yuqiao.layers.attention.DecodingStep;
import org.yuqiao.layers.attention.MultiHeadAttention.KeysAndValues;
import org.yuqiao.layers.attention.PositionOffset;
import org.yuqiao.layers.base.Scope;

/**
 * A stack of self-attention and feed-forward layers: an encoder ("Attention Is All You Need",
 * section 3.1) or, when causal, a decoder without cross-attention (Radford et al. 2018, section
 * 3.1).
 */
final class SelfAttentionStack {
  private final StackShape shape;
  private final StackEnds ends;
  private final List<EncoderLayer> layers = new ArrayList<>();

  /** Declares the stack's parameters. */
  SelfAttentionStack(Scope scope, ModelSettings settings, StackShape shape) {
    this.shape = shape;
    this.ends = new StackEnds(scope, settings, shape);
    for (int i = 0; i < shape.layers(); i++) {
      String name = shape.name() + "." + i;
      layers.add(new EncoderLayer(scope, name, settings.layers(), ends.positions()));
    }
  }

  /** Ids {@code [B, T]} and mask {@code [B, T]} to states {@code [B, T, D]}. */
  SDVariable of(SDVariable ids, SDVariable mask) {
    SDVariable x = ends.embed(ids, PositionOffset.ZERO);
    for (EncoderLayer layer : layers) {
      x = layer.of(x, mask, shape.causal());
    }
    return ends.normalize(x);
  }

  /**
   * The state {@code [B, 1, D]} of one new position.
   *
   * @param ids of the new tokens {@code [B, 1]}
   * @param caches keys and values of each layer {@code [B, C, D]}
   */
  SDVariable step(SDVariable ids, DecodingStep step, List<KeysAndValues> caches) {
    SDVariable x = ends.embed(ids, step.offset());
    for (int i = 0; i < layers.size(); i++) {
      x = layers.get(i).step(x, caches.get(i), step);
    }
    return ends.normalize(x);
  }

  /** The logits {@code [.., V]} of states {@code [.., D]} against the embeddings. */
  SDVariable logits(SDVariable states) {
    return ends.logits(states);
  }
}
