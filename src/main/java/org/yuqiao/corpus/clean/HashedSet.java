package org.yuqiao.corpus.clean;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A set of strings that keeps 64-bit hashes only, so that a hundred million sentences fit into two
 * gigabytes. Two different strings collide with a probability of 2^-64.
 */
final class HashedSet implements Serializable {
  private static final long serialVersionUID = 1L;

  private long[] table = new long[1024];
  private int size;

  /** Adds {@code text}; false when it was there. */
  boolean add(String text) {
    if (2 * size > table.length) {
      grow();
    }
    if (!insert(table, hash(text))) {
      return false;
    }
    size++;
    return true;
  }

  boolean contains(String text) {
    long hash = hash(text);
    int at = (int) (hash & (table.length - 1));
    while (table[at] != 0) {
      if (table[at] == hash) {
        return true;
      }
      at = (at + 1) & (table.length - 1);
    }
    return false;
  }

  private static boolean insert(long[] table, long hash) {
    int at = (int) (hash & (table.length - 1));
    while (table[at] != 0) {
      if (table[at] == hash) {
        return false;
      }
      at = (at + 1) & (table.length - 1);
    }
    table[at] = hash;
    return true;
  }

  private void grow() {
    long[] larger = new long[2 * table.length];
    Arrays.stream(table).filter(hash -> hash != 0).forEach(hash -> insert(larger, hash));
    table = larger;
  }

  /** FNV-1a over the characters, then mixed so that the low bits are good too; never 0. */
  private static long hash(String text) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    hash = (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L;
    hash ^= hash >>> 32;
    return hash == 0 ? 1 : hash;
  }
}
