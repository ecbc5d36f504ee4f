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
