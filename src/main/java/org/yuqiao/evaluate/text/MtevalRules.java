package org.yuqiao.evaluate.text;

import java.util.regex.Pattern;

/**
 * The rules by which NIST's script mteval-v13a cuts words from punctuation; BLEU's tokenizers and
 * Tercom's normalization are made of them.
 */
final class MtevalRules {
  private static final Pattern SYMBOLS = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
  private static final Pattern AFTER_NON_DIGIT = Pattern.compile("([^0-9])([.,])");
  private static final Pattern BEFORE_NON_DIGIT = Pattern.compile("([.,])([^0-9])");
  private static final Pattern DASH = Pattern.compile("([0-9])(-)");

  private MtevalRules() {}

  /** Resolves SGML's four entities, the ampersand before the brackets as mteval-v13a does. */
  static String unescape(String line) {
    return line.replace("&quot;", "\"")
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">");
  }

  /** Spaces around ASCII symbols, except full stop, comma, hyphen and apostrophe. */
  static String separateSymbols(String line) {
    return SYMBOLS.matcher(line).replaceAll(" $1 ");
  }

  /** Spaces around stops and commas that do not stand between digits; hyphens after digits. */
  static String separateStops(String line) {
    String text = AFTER_NON_DIGIT.matcher(line).replaceAll("$1 $2 ");
    text = BEFORE_NON_DIGIT.matcher(text).replaceAll(" $1 $2");
    return DASH.matcher(text).replaceAll("$1 $2 ");
  }
}
