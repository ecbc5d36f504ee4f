package org.yuqiao.decode.logits;

/**
 * Masks tokens that would complete an n-gram of {@code size} tokens a second time (Paulus et al.
 * 2018, section 2.5, with trigrams).
 */
public record NoRepeatNgram(int size) implements LogitsProcessor {
  @Override
  public void apply(int[] tokens, int length, float[] logits) {
    int last = length - (size - 1);
    for (int start = 0; start < last; start++) {
      if (matchesEnd(tokens, length, start)) {
        logits[tokens[start + size - 1]] = MASKED;
      }
    }
  }

  /** Whether the size - 1 tokens from {@code start} on equal the last ones. */
  private boolean matchesEnd(int[] tokens, int length, int start) {
    for (int i = 0; i < size - 1; i++) {
      if (tokens[start + i] != tokens[length - (size - 1) + i]) {
        return false;
      }
    }
    return true;
  }
}
