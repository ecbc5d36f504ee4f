package org.yuqiao.text.sentencepiece;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.yuqiao.files.InvalidInputException;

/**
 * The replacements of a normalizer: a double-array trie (Aoe 1989, in the layout of Darts-clone)
 * from prefixes in UTF-8 to replacements.
 *
 * <p>A unit of the trie holds the label of its edge, the offset of its children, and whether one of
 * them is a leaf, whose unit holds a value: where the replacement begins.
 */
final class CharacterMap {
  private static final int MAX_MATCHES = 32;

  /** The maximum bytes of a replacement; in Unicode's normalization forms it has some 30. */
  private static final int MAX_REPLACEMENT = 1000;

  private final String file;
  private final int[] units;
  private final byte[] replacements;

  /**
   * Reads the map of a file.
   *
   * @param file for messages
   * @throws InvalidInputException when its parts do not fit
   */
  CharacterMap(byte[] bytes, String file) {
    this.file = file;
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long trieBytes = bytes.length < Integer.BYTES ? -1 : Integer.toUnsignedLong(buffer.getInt());
    if (trieBytes < Integer.BYTES
        || trieBytes % Integer.BYTES != 0
        || trieBytes > bytes.length - Integer.BYTES) {
      throw damaged();
    }
    units = new int[(int) trieBytes / Integer.BYTES];
    for (int i = 0; i < units.length; i++) {
      units[i] = buffer.getInt();
    }
    replacements = new byte[buffer.remaining()];
    buffer.get(replacements);
    checkReplacements();
  }

  /**
   * Visits all units that a text may lead to: each has children or a leaf. Prefixes may share the
   * units of their endings.
   */
  private void checkReplacements() {
    BitSet seen = new BitSet(units.length);
    Deque<Integer> open = new ArrayDeque<>(List.of(0));
    while (!open.isEmpty()) {
      int unit = open.pop();
      int first = unit ^ offset(units[unit]);
      boolean leadsOn = hasLeaf(units[unit]);
      if (leadsOn) {
        checkReplacement(first);
      }
      for (int label = 1; label <= 0xFF; label++) {
        int child = first ^ label;
        if (child < units.length && label(units[child]) == label) {
          leadsOn = true;
          if (!seen.get(child)) {
            seen.set(child);
            open.push(child);
          }
        }
      }
      if (!leadsOn) {
        throw damaged();
      }
    }
  }

  private void checkReplacement(int leaf) {
    int from = leaf < units.length ? units[leaf] & Integer.MAX_VALUE : Integer.MAX_VALUE;
    if (from >= replacements.length || end(from) - from > MAX_REPLACEMENT) {
      throw damaged();
    }
  }

  /**
   * The longest replaced prefix of a text.
   *
   * @param length its bytes; 0: nothing is replaced
   * @param from where the replacement begins
   * @param to where it ends
   */
  record Match(int length, int from, int to) {
    static final Match NONE = new Match(0, 0, 0);
  }

  /** The longest match at {@code start} of {@code text}, in UTF-8. */
  Match longest(byte[] text, int start) {
    Match best = Match.NONE;
    int matches = 0;
    int node = offset(units[0]);
    for (int i = start; i < text.length && matches < MAX_MATCHES; i++) {
      int label = text[i] & 0xFF;
      node ^= label;
      if (node >= units.length || label(units[node]) != label) {
        break;
      }
      int unit = units[node];
      node ^= offset(unit);
      if (hasLeaf(unit)) {
        int from = units[node] & Integer.MAX_VALUE;
        best = new Match(i + 1 - start, from, end(from));
        matches++;
      }
    }
    return best;
  }

  /** The bytes of all replacements, ended by zeros. */
  byte[] replacements() {
    return replacements;
  }

  private InvalidInputException damaged() {
    return new InvalidInputException(file + ": the character map of its normalizer is damaged");
  }

  private int end(int from) {
    int to = from;
    while (to < replacements.length && to - from <= MAX_REPLACEMENT && replacements[to] != 0) {
      to++;
    }
    return to;
  }

  private static boolean hasLeaf(int unit) {
    return (unit >>> 8 & 1) == 1;
  }

  private static int label(int unit) {
    return unit & (1 << 31 | 0xFF);
  }

  private static int offset(int unit) {
    return unit >>> 10 << ((unit & 1 << 9) >>> 6);
  }
}
