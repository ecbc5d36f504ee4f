package org.yuqiao.decode.logits;

/**
 * Multiplies the log-probability of tokens that already occur by {@code penalty}, at least 1 (after
 * Keskar et al. 2019, section 4.1).
 */
public record RepetitionPenalty(double penalty) implements LogitsProcessor {
  @Override
  public void apply(int[] tokens, int length, float[] logits) {
    for (int i = 0; i < length; i++) {
      if (isFirst(tokens, i)) {
        logits[tokens[i]] *= (float) penalty;
      }
    }
  }

  /** Whether the token at {@code at} does not occur before: each is penalized once. */
  private static boolean isFirst(int[] tokens, int at) {
    for (int i = 0; i < at; i++) {
      if (tokens[i] == tokens[at]) {
        return false;
      }
    }
    return true;
  }
}
