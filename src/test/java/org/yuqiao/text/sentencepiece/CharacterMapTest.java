package org.yuqiao.text.sentencepiece;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.files.InvalidInputException;

class CharacterMapTest {
  private static final int ROOT_OFFSET = 256;
  private static final int A = ROOT_OFFSET ^ 'a';

  /** A unit whose children are at {@code its index ^ offset}. */
  private static int unit(int label, int offset, boolean hasLeaf) {
    return offset << 10 | (hasLeaf ? 1 << 8 : 0) | label;
  }

  /** A trie of the key "a" alone. */
  private static int[] trie() {
    int[] units = new int[2 * ROOT_OFFSET];
    units[0] = unit(0, ROOT_OFFSET, false);
    units[A] = unit('a', 4, true);
    units[A ^ 4] = 1 << 31;
    return units;
  }

  private static byte[] bytes(int trieBytes, int[] units, String replacements) {
    byte[] text = replacements.getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer =
        ByteBuffer.allocate(4 + 4 * units.length + text.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(trieBytes);
    Arrays.stream(units).forEach(buffer::putInt);
    return buffer.put(text).array();
  }

  private static CharacterMap map(int[] units, String replacements) {
    return new CharacterMap(bytes(4 * units.length, units, replacements), "source.spm");
  }

  private static void assertDamaged(byte[] bytes) {
    String message =
        assertThrows(InvalidInputException.class, () -> new CharacterMap(bytes, "source.spm"))
            .getMessage();
    assertEquals("source.spm: the character map of its normalizer is damaged", message);
  }

  @Test
  void theLongestPrefixIsReplaced() {
    CharacterMap map = map(trie(), "xyz\0");
    byte[] text = "bab".getBytes(StandardCharsets.UTF_8);
    assertEquals(new CharacterMap.Match(1, 0, 3), map.longest(text, 1));
    assertEquals(CharacterMap.Match.NONE, map.longest(text, 0));
  }

  @ParameterizedTest
  @CsvSource({"-4", "0", "2", "2047", "2052", "2147483644"})
  void aTrieOfAnImpossibleSizeIsRefused(int trieBytes) {
    assertDamaged(bytes(trieBytes, trie(), ""));
  }

  @Test
  void aMapShorterThanItsSizeIsRefused() {
    assertDamaged(new byte[0]);
    assertDamaged(new byte[] {4, 0, 0});
    assertDamaged(new byte[] {4, 0, 0, 0});
  }

  @Test
  void aLeafOutsideTheTrieIsRefused() {
    int[] units = trie();
    units[A] = unit('a', 1 << 20, true);
    assertDamaged(bytes(4 * units.length, units, "xyz\0"));
  }

  @Test
  void aUnitThatLeadsNowhereIsRefused() {
    int[] units = trie();
    units[A] = unit('a', 4, false);
    assertDamaged(bytes(4 * units.length, units, "xyz\0"));
    units[0] = unit(0, 1 << 20, false);
    assertDamaged(bytes(4 * units.length, units, "xyz\0"));
  }

  @Test
  void aReplacementOutsideTheTextOrTooLongIsRefused() {
    int[] units = trie();
    assertDamaged(bytes(4 * units.length, units, ""));
    assertDamaged(bytes(4 * units.length, units, "x".repeat(1001) + "\0"));
    units[A ^ 4] = 1 << 31 | 4;
    assertDamaged(bytes(4 * units.length, units, "xyz\0"));
    units[A ^ 4] = -1;
    assertDamaged(bytes(4 * units.length, units, "xyz\0"));
  }

  @Test
  void aTrieThatLeadsBackToItselfEndsNeitherReadingNorMatching() {
    int[] units = trie();
    units[A] = unit('a', A ^ ROOT_OFFSET, false);
    byte[] text = "a".repeat(100).getBytes(StandardCharsets.UTF_8);
    assertEquals(CharacterMap.Match.NONE, map(units, "xyz\0").longest(text, 0));
  }
}
