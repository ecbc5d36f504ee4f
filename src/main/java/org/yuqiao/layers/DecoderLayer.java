package org.yuqiao.layers;

import java.util.concurrent.atomic.AtomicReference;
import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.backend.op.RegroupOp;
import org.yuqiao.layers.attention.AttentionPositions;
import org.yuqiao.layers.attention.DecodingStep;
import org.yuqiao.layers.attention.MultiHeadAttention;
import org.yuqiao.layers.attention.MultiHeadAttention.Attended;
import org.yuqiao.layers.attention.MultiHeadAttention.KeysAndValues;
import org.yuqiao.layers.attention.Positions;
import org.yuqiao.layers.base.Residual;
import org.yuqiao.layers.base.Scope;

/**
 * Causally masked self-attention, cross-attention to the encoder's output, then a feed-forward
 * network ("Attention Is All You Need", section 3.1, right of figure 1).
 */
public final class DecoderLayer {
  private final MultiHeadAttention self;
  private final Residual aroundSelf;
  private final MultiHeadAttention cross;
  private final Residual aroundCross;
  private final FeedForward feedForward;
  private final Residual aroundFeedForward;

  /**
   * Declares the layer's parameters under {@code name}. Positions act in self-attention only: a
   * target token's distance from a source token says little, for the two languages differ in order.
   */
  public DecoderLayer(Scope scope, String name, LayerSettings shape, Positions positions) {
    int width = shape.width();
    String selfName = name + ".self";
    this.self =
        new MultiHeadAttention(
            scope, selfName, width, shape.attention(), positions.inAttention(selfName));
    this.aroundSelf = new Residual(scope, selfName, width, shape.layerNorm());
    this.cross =
        new MultiHeadAttention(
            scope, name + ".cross", width, shape.attention(), AttentionPositions.NONE);
    this.aroundCross = new Residual(scope, name + ".cross", width, shape.layerNorm());
    this.feedForward = new FeedForward(scope, name + ".feedForward", shape);
    this.aroundFeedForward = new Residual(scope, name + ".feedForward", width, shape.layerNorm());
  }

  /**
   * One layer.
   *
   * @param x {@code [B, T, D]}
   * @param mask {@code [B, T]} of the target
   * @param memory the encoder's output {@code [B, S, D]}
   * @param memoryMask {@code [B, S]} of the source
   */
  public SDVariable of(SDVariable x, SDVariable mask, SDVariable memory, SDVariable memoryMask) {
    SDVariable seen = aroundSelf.of(x, y -> self.of(y, y, mask, true));
    SDVariable informed = aroundCross.of(seen, y -> cross.of(y, memory, memoryMask, false));
    return aroundFeedForward.of(informed, feedForward::of);
  }

  /** Keys and values of the encoder's output, which stay the same for all steps. */
  public KeysAndValues ofMemory(SDVariable memory) {
    return cross.keysAndValues(memory);
  }

  /**
   * What one layer gives for one new position.
   *
   * @param output {@code [B, 1, D]}
   * @param crossWeights what it looked at in the source {@code [N, H, B/N, S]}
   */
  public record Stepped(SDVariable output, SDVariable crossWeights) {}

  /**
   * One layer for one new position of B hypotheses of N sentences, B/N for each.
   *
   * @param x {@code [B, 1, D]}
   * @param cache keys and values of the positions before it {@code [B, C, D]}
   * @param memory keys and values of the encoder's output {@code [N, S, D]}
   * @param memoryMask {@code [N, S]} of the source
   */
  public Stepped step(
      SDVariable x,
      DecodingStep step,
      KeysAndValues cache,
      KeysAndValues memory,
      SDVariable memoryMask) {
    SDVariable seen = aroundSelf.of(x, y -> self.step(y, cache, step));
    AtomicReference<SDVariable> weights = new AtomicReference<>();
    SDVariable informed =
        aroundCross.of(
            seen,
            y -> {
              SDVariable queries = RegroupOp.of(y, memory.keys());
              Attended attended = cross.attend(queries, memory, memoryMask, false);
              weights.set(attended.weights());
              return RegroupOp.of(attended.output(), y);
            });
    return new Stepped(aroundFeedForward.of(informed, feedForward::of), weights.get());
  }
}
