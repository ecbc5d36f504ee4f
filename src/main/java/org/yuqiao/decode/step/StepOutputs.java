package org.yuqiao.decode.step;

/**
 * The outputs of a {@link StepModel} that a search reads beside the argmax of the logits.
 *
 * @param probabilities log-probabilities of all tokens
 * @param attention cross-attention weights of the last token
 */
public record StepOutputs(boolean probabilities, boolean attention) {
  /** Whether a model that computes these outputs computes those of {@code other} too. */
  public boolean include(StepOutputs other) {
    return (probabilities || !other.probabilities) && (attention || !other.attention);
  }
}
