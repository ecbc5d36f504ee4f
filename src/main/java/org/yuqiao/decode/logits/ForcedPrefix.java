package org.yuqiao.decode.logits;

import java.util.OptionalInt;

/** A translation begins with the given tokens; then another rule holds. */
public record ForcedPrefix(int[] prefix, LogitsProcessor then) implements LogitsProcessor {
  @Override
  public void apply(int[] tokens, int length, float[] scores) {
    if (length < prefix.length) {
      LengthLimits.only(prefix[length], scores);
    } else {
      then.apply(tokens, length, scores);
    }
  }

  @Override
  public OptionalInt forced(int length) {
    return length < prefix.length ? OptionalInt.of(prefix[length]) : then.forced(length);
  }
}
