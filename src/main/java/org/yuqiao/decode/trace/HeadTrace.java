package org.yuqiao.decode.trace;

import java.util.List;
import java.util.Optional;

/**
 * The computation of one attention head for a sentence pair, step by step.
 *
 * @param source the source tokens, ending with {@code <eos>}
 * @param target the decoder's input, beginning with {@code <bos>}
 * @param predicted the token to predict at each position of the decoder, ending with {@code <eos>}
 * @param steps in the order of computation
 */
public record HeadTrace(
    AttentionHead head,
    List<TracedToken> source,
    List<TracedToken> target,
    List<TracedToken> predicted,
    List<Step> steps) {

  /** The step {@code id}, if the model has it. */
  public Optional<Step> step(String id) {
    return steps.stream().filter(step -> step.id().equals(id)).findFirst();
  }
}
