package org.yuqiao.evaluate.text;

import org.yuqiao.text.Language;

/**
 * How TER treats text before it counts edits.
 *
 * @param normalized whether punctuation is cut from words and entities are resolved
 * @param punctuation whether punctuation is kept
 * @param asianSupport whether the two above also treat Chinese and Japanese: normalizing cuts every
 *     Chinese character from its neighbors, removal takes full-width punctuation too. Without
 *     normalizing, a Chinese sentence without spaces is one word.
 * @param caseSensitive whether capitals differ from small letters
 */
public record TerOptions(
    boolean normalized, boolean punctuation, boolean asianSupport, boolean caseSensitive) {
  /** sacreBLEU's default. */
  public static final TerOptions DEFAULT = new TerOptions(false, true, false, false);

  /** For Chinese: without it a sentence without spaces is one word. */
  public static final TerOptions ASIAN = new TerOptions(true, true, true, false);

  /** The options for translations into {@code language}. */
  public static TerOptions of(Language language) {
    return language == Language.ZH ? ASIAN : DEFAULT;
  }

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
