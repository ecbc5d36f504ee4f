package org.yuqiao.decode.logits;

/**
 * No sequence of {@code size} tokens comes twice in a translation (Paulus et al. 2018, section 2.5,
 * there with 3).
 */
public record NoRepeatNgram(int size) implements LogitsProcessor {
  @Override
  public void apply(int[] tokens, int length, float[] scores) {
    int last = length - (size - 1);
    for (int start = 0; start < last; start++) {
      if (endsAlike(tokens, length, start)) {
        scores[tokens[start + size - 1]] = NEVER;
      }
    }
  }

  /** Whether the size - 1 tokens from {@code start} on are the last ones again. */
  private boolean endsAlike(int[] tokens, int length, int start) {
    for (int i = 0; i < size - 1; i++) {
      if (tokens[start + i] != tokens[length - (size - 1) + i]) {
        return false;
      }
    }
    return true;
  }
}
