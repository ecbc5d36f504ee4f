package org.yuqiao;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Random texts: Chinese, English, and any Unicode. */
public final class RandomText {
  private RandomText() {}

  /** Any valid text: plain letters, Han characters, punctuation, and all of Unicode. */
  public static Arbitrary<String> unicode() {
    return Arbitraries.frequencyOf(
            Tuple.of(6, codePoints(' ', '~')),
            Tuple.of(6, codePoints(0x4E00, 0x9FFF)),
            Tuple.of(2, codePoints(0x3000, 0x30FF)),
            Tuple.of(2, codePoints(0xFE00, 0xFFFF)),
            Tuple.of(2, codePoints(0x0300, 0x036F)),
            Tuple.of(2, codePoints(0x2000, 0x26FF)),
            Tuple.of(1, codePoints(0, 0x1F)),
            Tuple.of(1, codePoints(0x1F300, 0x1FAFF)),
            Tuple.of(
                2, Arbitraries.of("\u2581", "\u200B", "<unk>", "<0x41>", "(", ")", "\uFEFF", " ")),
            Tuple.of(3, codePoints(0, Character.MAX_CODE_POINT)))
        .list()
        .ofMaxSize(40)
        .map(characters -> String.join("", characters));
  }

  /** Single characters of a range, without halves of surrogate pairs. */
  private static Arbitrary<String> codePoints(int from, int to) {
    return Arbitraries.integers()
        .between(from, to)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .map(Character::toString);
  }
}
