package org.yuqiao.layers;

import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.layers.attention.DecodingStep;
import org.yuqiao.layers.attention.MultiHeadAttention;
import org.yuqiao.layers.attention.MultiHeadAttention.KeysAndValues;
import org.yuqiao.layers.recurrent.Ssru;

/** The first sub-layer of a decoder layer. */
sealed interface DecoderBlock {
  /** Applies it to all positions {@code [B, T, D]}; mask {@code [B, T]} of the target. */
  SDVariable of(SDVariable x, SDVariable mask);

  /**
   * The result of one new position.
   *
   * @param output {@code [B, 1, D]}
   * @param state what replaces the only array of the past; empty where arrays grow in place
   */
  record Stepped(SDVariable output, Optional<SDVariable> state) {}

  /**
   * Applies it to one new position {@code [B, 1, D]}.
   *
   * @param past what is kept of the positions before it
   */
  Stepped step(SDVariable x, DecodingStep step, List<SDVariable> past);

  /** Self-attention; the past is keys and values {@code [B, C, D]}. */
  record SelfAttention(MultiHeadAttention attention) implements DecoderBlock {
    @Override
    public SDVariable of(SDVariable x, SDVariable mask) {
      return attention.of(x, x, mask, true);
    }

    @Override
    public Stepped step(SDVariable x, DecodingStep step, List<SDVariable> past) {
      KeysAndValues cache = new KeysAndValues(past.get(0), past.get(1));
      return new Stepped(attention.step(x, cache, step), Optional.empty());
    }
  }

  /** SSRU; the past is its state {@code [B, 1, D]}. Padding comes last, so it needs no mask. */
  record Recurrent(Ssru unit) implements DecoderBlock {
    @Override
    public SDVariable of(SDVariable x, SDVariable mask) {
      return unit.of(x);
    }

    @Override
    public Stepped step(SDVariable x, DecodingStep step, List<SDVariable> past) {
      SDVariable state = unit.state(x, past.get(0));
      return new Stepped(unit.output(state), Optional.of(state));
    }
  }
}
