package org.yuqiao.model;

import java.util.List;
import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.layers.base.Scope;

/** The encoder and the decoder of an {@link EncoderDecoder}, with their embeddings. */
sealed interface EncoderDecoderStacks permits TransformerStacks, RecurrentStacks {
  /** The width of the memory and of all caches. */
  int memoryWidth();

  /** H, the heads of cross-attention. */
  int heads();

  /** Source ids {@code [B, S]} and their mask to memory {@code [B, S, D]}. */
  SDVariable encode(Scope scope, SDVariable source, SDVariable mask);

  /** The names of the encoder's self-attention weights {@code [B, H, S, S]}, by layer. */
  List<String> encoderWeights();

  /**
   * The output of a decoder.
   *
   * @param states {@code [B, T, D]}
   * @param selfWeights the names of self-attention weights {@code [B, H, T, T]}, by layer
   * @param crossWeights the names of cross-attention weights {@code [B, H, T, S]}, by layer
   */
  record Decoded(SDVariable states, List<String> selfWeights, List<String> crossWeights) {}

  /** Target ids {@code [B, T]}, memory and both masks to states. */
  Decoded decode(
      Scope scope, SDVariable target, SDVariable mask, SDVariable memory, SDVariable memoryMask);

  /**
   * Adds the outputs of the memory that {@link #stepGraph} reads from caches; returns their names.
   */
  List<String> cached(Scope scope, SDVariable memory);

  /**
   * The graph of one position.
   *
   * @param sourceMask {@code [N, S]}
   * @param logits the output layer
   */
  StepGraph stepGraph(Scope scope, SDVariable sourceMask, UnaryOperator<SDVariable> logits);
}
