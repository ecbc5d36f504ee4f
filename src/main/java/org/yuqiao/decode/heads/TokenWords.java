package org.yuqiao.decode.heads;

import static org.yuqiao.files.InvalidInputException.require;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.yuqiao.text.Tokenizer;

/**
 * Which words the tokens of a sentence cover. A token may be part of a word, or cover several.
 *
 * @param shares {@code [words][tokens]}: the share of a token's characters that belong to a word
 */
public record TokenWords(float[][] shares) {
  /**
   * The words that {@code tokens} cover. Spaces don't count.
   *
   * @param words normalized as the text that was tokenized
   * @param unknowns the text of each {@link Tokenizer#UNK}, in order
   * @throws org.yuqiao.files.InvalidInputException when words and tokens have different text
   */
  public static TokenWords of(
      int[] tokens, List<String> words, List<String> unknowns, Tokenizer tokenizer) {
    Iterator<String> unknown = unknowns.iterator();
    int[] owners = owners(words);
    float[][] shares = new float[words.size()][tokens.length];
    int at = 0;
    for (int from = 0; from < tokens.length; ) {
      int to = from + 1;
      while (to < tokens.length && tokenizer.continuesCharacter(tokens[to])) {
        to++;
      }
      int length =
          tokens[from] == Tokenizer.UNK
              ? length(unknown.next())
              : length(Arrays.copyOfRange(tokens, from, to), tokenizer);
      require(at + length <= owners.length, mismatch(words));
      for (int i = 0; i < length; i++) {
        for (int token = from; token < to; token++) {
          shares[owners[at + i]][token] += 1f / length;
        }
      }
      at += length;
      from = to;
    }
    require(at == owners.length, mismatch(words));
    return new TokenWords(shares);
  }

  /** For each character that is no space the index of its word. */
  private static int[] owners(List<String> words) {
    int[] owners = new int[words.stream().mapToInt(TokenWords::length).sum()];
    int at = 0;
    for (int w = 0; w < words.size(); w++) {
      int end = at + length(words.get(w));
      Arrays.fill(owners, at, end, w);
      at = end;
    }
    return owners;
  }

  private static int length(int[] tokens, Tokenizer tokenizer) {
    return tokenizer.namesLanguage(tokens[0]) ? 0 : length(tokenizer.text(tokens));
  }

  private static int length(String text) {
    return (int) text.codePoints().filter(c -> !Character.isWhitespace(c)).count();
  }

  private static String mismatch(List<String> words) {
    return "the words \"" + String.join(" ", words) + "\" are not those of the tokenized sentence";
  }

  boolean covers(int word, int token) {
    return shares[word][token] > 0;
  }

  int words() {
    return shares.length;
  }

  /** The number of tokens that cover several words. */
  int spanning() {
    int tokens = shares.length == 0 ? 0 : shares[0].length;
    int spanning = 0;
    for (int token = 0; token < tokens; token++) {
      int covered = 0;
      for (float[] word : shares) {
        covered += word[token] > 0 ? 1 : 0;
      }
      spanning += covered > 1 ? 1 : 0;
    }
    return spanning;
  }
}
