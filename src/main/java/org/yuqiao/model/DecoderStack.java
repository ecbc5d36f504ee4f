package org.yuqiao.model;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.layers.DecoderLayer;
import org.yuqiao.layers.attention.DecodingStep;
import org.yuqiao.layers.attention.MultiHeadAttention.KeysAndValues;
import org.yuqiao.layers.attention.PositionOffset;
import org.yuqiao.layers.base.Scope;

/** The Transformer's decoder ("Attention Is All You Need", section 3.1, right of figure 1). */
final class DecoderStack {
  private final StackEnds ends;
  private final List<DecoderLayer> layers = new ArrayList<>();

  /** Declares the stack's parameters. */
  DecoderStack(Scope scope, ModelSettings settings, StackShape shape) {
    this.ends = new StackEnds(scope, settings, shape);
    for (int i = 0; i < shape.layers(); i++) {
      String name = shape.name() + "." + i;
      layers.add(new DecoderLayer(scope, name, settings.layers(), ends.positions()));
    }
  }

  /** Target ids {@code [B, T]}, memory {@code [B, S, D]} and masks to states {@code [B, T, D]}. */
  SDVariable of(SDVariable ids, SDVariable mask, SDVariable memory, SDVariable memoryMask) {
    SDVariable x = ends.embed(ids, PositionOffset.ZERO);
    for (DecoderLayer layer : layers) {
      x = layer.of(x, mask, memory, memoryMask);
    }
    return ends.normalize(x);
  }

  /** Each layer's keys and values of the memory. */
  List<KeysAndValues> ofMemory(SDVariable memory) {
    return layers.stream().map(layer -> layer.ofMemory(memory)).toList();
  }

  /**
   * What a layer reads while decoding.
   *
   * @param past of the positions so far: keys and values {@code [B, C, D]}, or the state of an SSRU
   *     {@code [B, 1, D]}
   * @param cross keys and values of the memory {@code [N, S, D]}
   */
  record LayerCaches(List<SDVariable> past, KeysAndValues cross) {}

  /**
   * The result of one position.
   *
   * @param output {@code [B, 1, D]}
   * @param crossWeights the names of cross-attention weights {@code [N, H, B/N, S]}, by layer
   * @param states the new states of SSRUs {@code [B, 1, D]}, by layer; empty with self-attention
   */
  record Stepped(SDVariable output, List<String> crossWeights, List<SDVariable> states) {}

  /**
   * One new position of B hypotheses of N sentences.
   *
   * @param ids of the new tokens {@code [B, 1]}
   * @param memoryMask {@code [N, S]}
   */
  Stepped step(SDVariable ids, DecodingStep step, List<LayerCaches> caches, SDVariable memoryMask) {
    SDVariable x = ends.embed(ids, step.offset());
    List<String> weights = new ArrayList<>();
    List<SDVariable> states = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      LayerCaches own = caches.get(i);
      DecoderLayer.Stepped stepped =
          layers.get(i).step(x, step, own.past(), own.cross(), memoryMask);
      weights.add(stepped.crossWeights().name());
      stepped.state().ifPresent(states::add);
      x = stepped.output();
    }
    return new Stepped(ends.normalize(x), weights, states);
  }
}
