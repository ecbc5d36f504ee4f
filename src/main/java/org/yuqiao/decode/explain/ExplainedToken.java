package org.yuqiao.decode.explain;

import java.util.List;

/**
 * The model's prediction at one token of a translation.
 *
 * @param token its text, a space before it being U+2581
 * @param logProbability its natural log-probability given all tokens before it
 * @param entropy - sum p log p over the vocabulary, in nats
 * @param alternatives the most probable tokens, the best first
 */
public record ExplainedToken(
    String token, double logProbability, double entropy, List<Alternative> alternatives) {

  /**
   * A token that the model considered.
   *
   * @param logProbability natural
   */
  public record Alternative(String token, double logProbability) {}
}
