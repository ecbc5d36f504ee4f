package org.yuqiao.text.sentencepiece;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A trie from pieces in UTF-8 to their ids. */
final class PieceTrie {
  /** The state of a text that is the beginning of no piece. */
  static final int DEAD = -1;

  /** The value of a state that is no whole piece. */
  static final int NO_PIECE = -1;

  private final Map<Long, Integer> edges = new HashMap<>();
  private int[] values = {NO_PIECE};
  private int states = 1;

  /** Adds a piece. */
  void add(String piece, int id) {
    int state = 0;
    for (byte b : piece.getBytes(StandardCharsets.UTF_8)) {
      long edge = edge(state, b);
      Integer next = edges.get(edge);
      if (next == null) {
        next = states++;
        edges.put(edge, next);
        if (states > values.length) {
          int length = values.length;
          values = Arrays.copyOf(values, 2 * length);
          Arrays.fill(values, length, values.length, NO_PIECE);
        }
      }
      state = next;
    }
    values[state] = id;
  }

  private static long edge(int state, byte label) {
    return ((long) state << 8) | (label & 0xFF);
  }

  /** The state after {@code label}; the first one is 0. */
  int next(int state, byte label) {
    return edges.getOrDefault(edge(state, label), DEAD);
  }

  /** The id of the piece that {@code state} stands for, or {@link #NO_PIECE}. */
  int value(int state) {
    return values[state];
  }

  /** The bytes of the longest piece at {@code start} of {@code text}; 0: none. */
  int longest(byte[] text, int start) {
    int longest = 0;
    int state = 0;
    for (int i = start; i < text.length; i++) {
      state = next(state, text[i]);
      if (state == DEAD) {
        break;
      }
      if (values[state] != NO_PIECE) {
        longest = i + 1 - start;
      }
    }
    return longest;
  }
}
