package org.yuqiao.decode.logits;

import java.util.OptionalInt;

/** Forces the first tokens; after them another processor applies. */
public record ForcedPrefix(int[] prefix, LogitsProcessor then) implements LogitsProcessor {
  @Override
  public void apply(int[] tokens, int length, float[] logits) {
    if (length < prefix.length) {
      LengthLimits.only(prefix[length], logits);
    } else {
      then.apply(tokens, length, logits);
    }
  }

  @Override
  public OptionalInt forced(int length) {
    return length < prefix.length ? OptionalInt.of(prefix[length]) : then.forced(length);
  }
}
