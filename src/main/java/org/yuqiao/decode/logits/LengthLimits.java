package org.yuqiao.decode.logits;

import java.util.Arrays;
import java.util.OptionalInt;
import org.yuqiao.text.Tokenizer;

/**
 * Masks {@code <eos>} before {@code minimum} tokens, and everything else from {@code maximum} on.
 */
public record LengthLimits(int minimum, int maximum) implements LogitsProcessor {
  @Override
  public void apply(int[] tokens, int length, float[] logits) {
    if (length < minimum) {
      logits[Tokenizer.EOS] = MASKED;
    }
    if (length >= maximum) {
      only(Tokenizer.EOS, logits);
    }
  }

  @Override
  public OptionalInt forced(int length) {
    return length < maximum ? OptionalInt.empty() : OptionalInt.of(Tokenizer.EOS);
  }

  /** Masks every token but {@code token}. */
  static void only(int token, float[] logits) {
    float kept = logits[token];
    Arrays.fill(logits, MASKED);
    logits[token] = kept;
  }
}
