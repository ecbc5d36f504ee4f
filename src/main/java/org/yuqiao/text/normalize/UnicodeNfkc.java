package org.yuqiao.text.normalize;

import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yuqiao.text.Language;

/**
 * Unicode normalization form NFKC, which replaces full-width letters and digits, ligatures and
 * other compatibility characters. Chinese keeps its full-width punctuation.
 */
public record UnicodeNfkc(Language language) implements TextStep {
  /**
   * Fractions, raised, lowered and circled numbers, which would become parts of other numbers: "3½"
   * would be 31⁄2, "10²" 102.
   */
  private static final String NUMBER_SIGNS =
      "²³¹¼-¾\\u2070-\\u209C\\u2150-\\u215F\\u2189\\u2460-\\u249B\\u24EA\\u3251-\\u325F\\u32B1-\\u32BF";

  private static final Pattern KEPT = Pattern.compile("[" + NUMBER_SIGNS + "]");
  private static final Pattern KEPT_IN_CHINESE =
      Pattern.compile("[，。！？：；（）、…—～·" + NUMBER_SIGNS + "]");

  @Override
  public String name() {
    return "unicode-nfkc";
  }

  @Override
  public String apply(String sentence) {
    Matcher kept = (language == Language.ZH ? KEPT_IN_CHINESE : KEPT).matcher(sentence);
    StringBuilder result = new StringBuilder();
    int last = 0;
    while (kept.find()) {
      result.append(normalized(sentence.substring(last, kept.start()))).append(kept.group());
      last = kept.end();
    }
    return result.append(normalized(sentence.substring(last))).toString();
  }

  private static String normalized(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }
}
