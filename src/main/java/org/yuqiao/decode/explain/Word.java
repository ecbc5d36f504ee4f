package org.yuqiao.decode.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.yuqiao.text.Tokenizer;

/**
 * A word of one or more tokens. Words are separated by spaces; among Chinese characters each token
 * is a word. The bytes of one character stay together.
 *
 * @param from the index of its first token
 * @param to the index after its last token
 */
public record Word(String text, int from, int to) {
  /** The words of {@code tokens}. */
  static List<Word> of(int[] tokens, Tokenizer tokenizer) {
    List<Word> words = new ArrayList<>();
    int from = 0;
    int last = 0;
    for (int i = 1; i <= tokens.length; i++) {
      boolean inside = i < tokens.length && tokenizer.continuesCharacter(tokens[i]);
      if (inside) {
        continue;
      }
      if (last > from
          && opens(text(tokens, last, i, tokenizer), text(tokens, from, last, tokenizer))) {
        words.add(word(tokens, from, last, tokenizer));
        from = last;
      }
      last = i;
    }
    if (tokens.length > 0) {
      words.add(word(tokens, from, tokens.length, tokenizer));
    }
    return List.copyOf(words);
  }

  /** Whether {@code next} begins a new word after {@code before}. */
  private static boolean opens(String next, String before) {
    if (before.isBlank() || next.isBlank()) {
      return false;
    }
    return Character.isWhitespace(next.charAt(0))
        || Character.isWhitespace(before.charAt(before.length() - 1))
        || isHan(next.codePointAt(0))
        || isHan(before.codePointBefore(before.length()));
  }

  private static boolean isHan(int character) {
    return Character.UnicodeScript.of(character) == Character.UnicodeScript.HAN;
  }

  private static Word word(int[] tokens, int from, int to, Tokenizer tokenizer) {
    return new Word(text(tokens, from, to, tokenizer).strip(), from, to);
  }

  private static String text(int[] tokens, int from, int to, Tokenizer tokenizer) {
    return tokenizer.text(Arrays.copyOfRange(tokens, from, to));
  }
}
