package org.yuqiao.evaluate.text;

import java.util.regex.Pattern;

/**
 * The punctuation rules of NIST's mteval-v13a, shared by BLEU's tokenizers and Tercom's
 * normalization.
 */
final class MtevalRules {
  private static final Pattern SYMBOLS = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
  private static final Pattern AFTER_NON_DIGIT = Pattern.compile("([^0-9])([.,])");
  private static final Pattern BEFORE_NON_DIGIT = Pattern.compile("([.,])([^0-9])");
  private static final Pattern DASH = Pattern.compile("([0-9])(-)");

  private MtevalRules() {}

  /** Replaces four SGML entities in the order of mteval-v13a. */
  static String unescape(String line) {
    return line.replace("&quot;", "\"")
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">");
  }

  /** Puts spaces around ASCII symbols, except full stop, comma, hyphen and apostrophe. */
  static String separateSymbols(String line) {
    return SYMBOLS.matcher(line).replaceAll(" $1 ");
  }

  /** Puts spaces around stops and commas not between digits, and around hyphens after digits. */
  static String separateStops(String line) {
    String text = AFTER_NON_DIGIT.matcher(line).replaceAll("$1 $2 ");
    text = BEFORE_NON_DIGIT.matcher(text).replaceAll(" $1 $2");
    return DASH.matcher(text).replaceAll("$1 $2 ");
  }
}
