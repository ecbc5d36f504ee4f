package org.yuqiao.decode;

import java.util.OptionalInt;

/** A translation begins with the given tokens; then another rule holds. */
record ForcedPrefix(int[] prefix, Constraint then) implements Constraint {
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
