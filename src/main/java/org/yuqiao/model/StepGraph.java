package org.yuqiao.model;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.op.CacheAppendOp;
import org.yuqiao.layers.attention.DecodingStep;
import org.yuqiao.layers.base.Scope;

/**
 * The graph of one decoding step: new tokens and caches to the logits of the next token. It has B
 * rows: hypotheses of N sentences, B/N for each; without a source N is B.
 *
 * @param logits the output's name {@code [B, 1, V]}
 * @param selfCaches placeholders of self-attention's keys and values {@code [B, C, D]}, extended in
 *     place
 * @param crossCaches placeholders of cross-attention's keys and values {@code [N, S, D]}
 * @param states placeholders of the states of a recurrent decoder or of SSRUs {@code [B, 1, D]},
 *     updated in place
 * @param updates outputs to request so that states are updated
 * @param crossWeights the names of cross-attention weights {@code [N, H, B/N, S]}, by layer
 */
public record StepGraph(
    SameDiff graph,
    String logits,
    List<String> selfCaches,
    List<String> crossCaches,
    List<String> states,
    List<String> updates,
    List<String> crossWeights) {
  /** Placeholder of the new tokens' ids {@code [B, 1]}. */
  public static final String TOKENS = "tokens";

  /** Placeholder {@code [B, C]}, 1 for the positions up to the new one, 0 for free room. */
  public static final String MASK = "mask";

  /** Placeholder {@code [1]}: the position of the new tokens. */
  public static final String POSITION = "position";

  /** Declares {@link #POSITION} and {@link #MASK}. */
  static DecodingStep position(Scope scope) {
    return new DecodingStep(
        scope.graph().placeHolder(POSITION, DataType.INT32, 1), scope.input(MASK, -1, -1));
  }

  /** Overwrites old states with new ones, after all ops that read the old ones. */
  static List<String> updates(Scope scope, List<SDVariable> before, List<SDVariable> after) {
    if (before.isEmpty()) {
      return List.of();
    }
    SDVariable place = scope.graph().constant("place", Nd4j.createFromArray(0));
    List<String> updates = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      updates.add(CacheAppendOp.of(before.get(i), after.get(i), place).name());
    }
    return updates;
  }
}
