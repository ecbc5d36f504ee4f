package org.yuqiao.decode;

/** A translation begins with the given tokens. */
record ForcedPrefix(int[] prefix) implements Constraint {
  @Override
  public void apply(int[] tokens, int length, float[] scores) {
    if (length < prefix.length) {
      LengthLimits.only(prefix[length], scores);
    }
  }
}
