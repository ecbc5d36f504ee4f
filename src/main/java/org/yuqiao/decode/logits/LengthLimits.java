package org.yuqiao.decode.logits;

import java.util.Arrays;
import java.util.OptionalInt;
import org.yuqiao.text.Tokenizer;

/**
 * A translation has at least {@code minimum} and at most {@code maximum} tokens: before, it may not
 * end; then, it must.
 */
public record LengthLimits(int minimum, int maximum) implements LogitsProcessor {
  @Override
  public void apply(int[] tokens, int length, float[] scores) {
    if (length < minimum) {
      scores[Tokenizer.EOS] = NEVER;
    }
    if (length >= maximum) {
      only(Tokenizer.EOS, scores);
    }
  }

  @Override
  public OptionalInt forced(int length) {
    return length < maximum ? OptionalInt.empty() : OptionalInt.of(Tokenizer.EOS);
  }

  /** Rules out everything but {@code token}. */
  static void only(int token, float[] scores) {
    float kept = scores[token];
    Arrays.fill(scores, NEVER);
    scores[token] = kept;
  }
}
