package org.yuqiao.decode.logits;

/**
 * Makes tokens that were written already less likely: their log-probability is multiplied by {@code
 * factor}, 1 changing nothing (after Keskar et al. 2019, section 4.1).
 */
public record RepetitionPenalty(double factor) implements LogitsProcessor {
  @Override
  public void apply(int[] tokens, int length, float[] scores) {
    for (int i = 0; i < length; i++) {
      if (isFirst(tokens, i)) {
        scores[tokens[i]] *= (float) factor;
      }
    }
  }

  /** Whether the token at {@code at} does not come before: each is punished once. */
  private static boolean isFirst(int[] tokens, int at) {
    for (int i = 0; i < at; i++) {
      if (tokens[i] == tokens[at]) {
        return false;
      }
    }
    return true;
  }
}
