package org.yuqiao.evaluate.text;

import org.yuqiao.text.Language;

/**
 * Text normalization options of TER.
 *
 * @param normalized whether to split off punctuation and replace entities
 * @param punctuation whether to keep punctuation
 * @param asianSupport whether both apply to Chinese and Japanese: normalization splits Chinese
 *     characters, removal includes full-width punctuation
 * @param caseSensitive whether upper and lower case differ
 */
public record TerOptions(
    boolean normalized, boolean punctuation, boolean asianSupport, boolean caseSensitive) {
  /** sacreBLEU's default. */
  public static final TerOptions DEFAULT = new TerOptions(false, true, false, false);

  /** For Chinese, where a sentence without spaces would otherwise be one word. */
  public static final TerOptions ASIAN = new TerOptions(true, true, true, false);

  /** The options for translations into {@code language}. */
  public static TerOptions of(Language language) {
    return language == Language.ZH ? ASIAN : DEFAULT;
  }

  /** The fields of sacreBLEU's signature. */
  public String signature() {
    return "case:"
        + (caseSensitive ? "mixed" : "lc")
        + "|tok:tercom|norm:"
        + yesOrNo(normalized)
        + "|punct:"
        + yesOrNo(punctuation)
        + "|asian:"
        + yesOrNo(asianSupport);
  }

  private static String yesOrNo(boolean value) {
    return value ? "yes" : "no";
  }
}
