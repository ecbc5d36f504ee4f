package org.yuqiao.text.normalize;

import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yuqiao.text.Language;

/**
 * Unicode's compatibility composition (NFKC): full-width letters and digits, ligatures and the like
 * become plain ones. On the Chinese side the full-width punctuation marks stay, for there they are
 * the right ones.
 */
public record UnicodeNfkc(Language language) implements TextStep {
  private static final Pattern CHINESE_MARKS = Pattern.compile("[，。！？：；（）、…—～·]");

  @Override
  public String name() {
    return "unicode-nfkc";
  }

  @Override
  public String apply(String sentence) {
    if (language == Language.EN) {
      return Normalizer.normalize(sentence, Normalizer.Form.NFKC);
    }
    StringBuilder result = new StringBuilder();
    Matcher marks = CHINESE_MARKS.matcher(sentence);
    int last = 0;
    while (marks.find()) {
      result.append(
          Normalizer.normalize(sentence.substring(last, marks.start()), Normalizer.Form.NFKC));
      result.append(marks.group());
      last = marks.end();
    }
    return result
        .append(Normalizer.normalize(sentence.substring(last), Normalizer.Form.NFKC))
        .toString();
  }
}
