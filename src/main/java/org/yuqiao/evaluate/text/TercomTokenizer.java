package org.yuqiao.evaluate.text;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The tokenizer of Tercom, the reference implementation of TER. */
public final class TercomTokenizer {
  private static final Pattern PUNCTUATION = Pattern.compile("[.,?:;!\"()]");
  private static final Pattern ASIAN_PUNCTUATION =
      Pattern.compile(
          "[\\u3001\\u3002\\u3008-\\u3011\\u3014-\\u301F\\uFF61-\\uFF65\\u30FB"
              + "\\uFF0E\\uFF0C\\uFF1F\\uFF1A\\uFF1B\\uFF01\\uFF02\\uFF08\\uFF09]");

  /**
   * Ideographs, strokes, radicals, compatibility and enclosed forms. The end of the first range is
   * Tercom's typo for 32FF, kept for equal scores. Tercom's rule for lines of kana only is omitted:
   * it never matches, since every line has spaces around it.
   */
  private static final Pattern ASIAN_CHARACTER =
      Pattern.compile(
          "[\\u3200-\\u3F22\\u3300-\\u33FF\\u3400-\\u4DBF\\u4E00-\\u9FFF\\u31C0-\\u31EF"
              + "\\u2E80-\\u2EFF\\uF900-\\uFAFF\\uFE30-\\uFE4F]");

  private final TerOptions options;

  public TercomTokenizer(TerOptions options) {
    this.options = options;
  }

  /** The tokens of {@code sentence}. */
  public List<String> cut(String sentence) {
    String text = Whitespace.stripTrailing(sentence);
    if (!options.caseSensitive()) {
      text = text.toLowerCase(Locale.ROOT);
    }
    if (options.normalized()) {
      text = normalize(text);
    }
    if (!options.punctuation()) {
      text = PUNCTUATION.matcher(text).replaceAll("");
      if (options.asianSupport()) {
        text = ASIAN_PUNCTUATION.matcher(text).replaceAll("");
      }
    }
    return Whitespace.split(text);
  }

  private String normalize(String sentence) {
    String joined = sentence.replace("\n-", "").replace("\n", " ");
    String text = MtevalRules.separateSymbols(" " + MtevalRules.unescape(joined) + " ");
    text = MtevalRules.separateStops(text.replace("'s ", " 's "));
    if (options.asianSupport()) {
      text = ASIAN_CHARACTER.matcher(text).replaceAll(" $0 ");
      text = ASIAN_PUNCTUATION.matcher(text).replaceAll(" $0 ");
    }
    return text;
  }
}
