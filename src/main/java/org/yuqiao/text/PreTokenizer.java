package org.yuqiao.text;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pre-tokenizes a sentence into pieces that merges do not cross.
 *
 * <p>A piece is a word, a Han run, a digit or a punctuation mark, with the space before it as
 * U+2581. The concatenated pieces are the sentence.
 */
final class PreTokenizer {
  /** Represents a space, as in SentencePiece. */
  static final char SPACE_MARK = '\u2581';

  /** Separates the words of a segmenter (zero-width space). */
  static final String WORD_BORDER = "\u200B";

  private static final String LETTERS = "[\\p{L}\\p{M}&&[^\\p{Han}]]+";
  private static final Pattern HAN_RUN = Pattern.compile("\\p{IsHan}{2,}");

  private final Segmentation segmentation;
  private final boolean prefixSpace;
  private final Pattern pattern;

  PreTokenizer(Segmentation segmentation, boolean prefixSpace) {
    this.segmentation = segmentation;
    this.prefixSpace = prefixSpace;
    this.pattern =
        Pattern.compile(
            regex(segmentation)
                .replace("\\p{Han}", "\\p{IsHan}")
                // Possessive: Java matches a greedy group by recursion, as deep as a text is long.
                .replace(")*|", ")*+|"));
  }

  /**
   * The pattern of a piece in Oniguruma syntax, which differs from Java's in the name of the Han
   * script.
   */
  static String regex(Segmentation segmentation) {
    String han = segmentation == Segmentation.CHARACTER ? "\\p{Han}" : "\\p{Han}+";
    String mark = SPACE_MARK + "?";
    return mark
        + han
        + "|"
        + mark
        + LETTERS
        + "(?:'"
        + LETTERS
        + ")*|"
        + mark
        + "\\p{N}|"
        + mark
        + "[^\\p{L}\\p{M}\\p{N}"
        + SPACE_MARK
        + "]|"
        + SPACE_MARK
        + "+|\\p{M}+";
  }

  Segmentation segmentation() {
    return segmentation;
  }

  boolean prefixSpace() {
    return prefixSpace;
  }

  /**
   * The sentence with {@link #WORD_BORDER} between the words of Han runs; unchanged without word
   * segmentation.
   */
  String withBorders(String sentence) {
    if (segmentation != Segmentation.WORD) {
      return sentence;
    }
    Matcher runs = HAN_RUN.matcher(sentence);
    StringBuilder result = new StringBuilder();
    int last = 0;
    while (runs.find()) {
      result
          .append(sentence, last, runs.start())
          .append(String.join(WORD_BORDER, ChineseWords.of(runs.group())));
      last = runs.end();
    }
    return result.append(sentence.substring(last)).toString();
  }

  /** Passes the pieces of {@code sentence} in order. */
  void cut(String sentence, Consumer<String> pieces) {
    if (sentence.isEmpty()) {
      return;
    }
    String marked = sentence.replace(' ', SPACE_MARK);
    if (prefixSpace && marked.charAt(0) != SPACE_MARK) {
      marked = SPACE_MARK + marked;
    }
    for (String part : withBorders(marked).split(WORD_BORDER, -1)) {
      Matcher matcher = pattern.matcher(part);
      while (matcher.find()) {
        pieces.accept(matcher.group());
      }
    }
  }
}
