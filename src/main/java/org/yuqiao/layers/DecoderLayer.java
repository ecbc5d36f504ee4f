package org.yuqiao.layers;

import java.util.List;
import java.util.Optional;
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
import org.yuqiao.layers.recurrent.Ssru;

/**
 * Causally masked self-attention, cross-attention to the encoder's output, then a feed-forward
 * network ("Attention Is All You Need", section 3.1, right of figure 1). {@link
 * org.yuqiao.layers.attention.AttentionFunction} computes the causal mask. {@link
 * DecoderBlockType#SSRU} takes the place of self-attention.
 */
public final class DecoderLayer {
  private final DecoderBlock self;
  private final Residual residualSelf;
  private final MultiHeadAttention cross;
  private final Residual residualCross;
  private final FeedForward feedForward;
  private final Residual residualFeedForward;

  /**
   * Declares the layer's parameters under {@code name}. Positions act in self-attention only: the
   * distance of a target token from a source token means little, as word order differs.
   */
  public DecoderLayer(Scope scope, String name, LayerSettings settings, Positions positions) {
    int width = settings.width();
    String selfName = name + ".self";
    this.self =
        switch (settings.decoderBlock()) {
          case SELF_ATTENTION ->
              new DecoderBlock.SelfAttention(
                  new MultiHeadAttention(
                      scope,
                      selfName,
                      width,
                      settings.attention(),
                      positions.inAttention(selfName)));
          case SSRU -> new DecoderBlock.Recurrent(new Ssru(scope, selfName, width));
        };
    this.residualSelf = new Residual(scope, selfName, width, settings.layerNorm());
    this.cross =
        new MultiHeadAttention(
            scope, name + ".cross", width, settings.attention(), AttentionPositions.NONE);
    this.residualCross = new Residual(scope, name + ".cross", width, settings.layerNorm());
    this.feedForward = new FeedForward(scope, name + ".feedForward", settings);
    this.residualFeedForward =
        new Residual(scope, name + ".feedForward", width, settings.layerNorm());
  }

  /**
   * Applies the layer to all positions.
   *
   * @param x {@code [B, T, D]}
   * @param mask {@code [B, T]} of the target
   * @param memory the encoder's output {@code [B, S, D]}
   * @param memoryMask {@code [B, S]} of the source
   */
  public SDVariable of(SDVariable x, SDVariable mask, SDVariable memory, SDVariable memoryMask) {
    SDVariable afterSelf = residualSelf.of(x, y -> self.of(y, mask));
    SDVariable afterCross =
        residualCross.of(afterSelf, y -> cross.of(y, memory, memoryMask, false));
    return residualFeedForward.of(afterCross, feedForward::of);
  }

  /** Keys and values of the encoder's output, the same for all steps. */
  public KeysAndValues ofMemory(SDVariable memory) {
    return cross.keysAndValues(memory);
  }

  /**
   * The result of one new position.
   *
   * @param output {@code [B, 1, D]}
   * @param crossWeights cross-attention {@code [N, H, B/N, S]}
   * @param state what replaces the past of an SSRU {@code [B, 1, D]}; empty with self-attention
   */
  public record Stepped(SDVariable output, SDVariable crossWeights, Optional<SDVariable> state) {}

  /**
   * Applies the layer to one new position of B hypotheses of N sentences, B/N for each.
   *
   * @param x {@code [B, 1, D]}
   * @param past of the positions before it: keys and values {@code [B, C, D]}, or the state of an
   *     SSRU {@code [B, 1, D]}
   * @param memory keys and values of the encoder's output {@code [N, S, D]}
   * @param memoryMask {@code [N, S]} of the source
   */
  public Stepped step(
      SDVariable x,
      DecodingStep step,
      List<SDVariable> past,
      KeysAndValues memory,
      SDVariable memoryMask) {
    AtomicReference<Optional<SDVariable>> state = new AtomicReference<>();
    SDVariable afterSelf =
        residualSelf.of(
            x,
            y -> {
              DecoderBlock.Stepped stepped = self.step(y, step, past);
              state.set(stepped.state());
              return stepped.output();
            });
    AtomicReference<SDVariable> weights = new AtomicReference<>();
    SDVariable afterCross =
        residualCross.of(
            afterSelf,
            y -> {
              SDVariable queries = RegroupOp.of(y, memory.keys());
              Attended attended = cross.attend(queries, memory, memoryMask, false);
              weights.set(attended.weights());
              return RegroupOp.of(attended.output(), y);
            });
    return new Stepped(
        residualFeedForward.of(afterCross, feedForward::of), weights.get(), state.get());
  }
}
