package org.yuqiao.decode.explain;

import java.util.List;

/**
 * What the model thought of one token of a translation.
 *
 * @param token its text, a space before it being U+2581
 * @param logProbability the natural logarithm of its probability, given all before it
 * @param entropy how undecided the model was: - sum p log p over the vocabulary, in nats
 * @param alternatives the most probable tokens, the best first
 */
public record ExplainedToken(
    String token, double logProbability, double entropy, List<Alternative> alternatives) {

  /**
   * A token that might have stood there.
   *
   * @param logProbability the natural logarithm of its probability
   */
  public record Alternative(String token, double logProbability) {}
}
