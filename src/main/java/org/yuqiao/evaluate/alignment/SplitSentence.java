package org.yuqiao.evaluate.alignment;

import java.util.List;
import java.util.regex.Pattern;
import org.yuqiao.text.Language;

/**
 * A sentence split into words. English is split as in the Penn Treebank: punctuation and the
 * endings {@code 's}, {@code 'm}, {@code n't}, ... are words of their own.
 */
public record SplitSentence(Language language, List<String> words) {
  /** English words that follow the one before without a space. */
  private static final Pattern JOINED = Pattern.compile("[,.?!;:]|n't|'\\w+");

  /** The sentence as it is written. */
  public String text() {
    if (language == Language.ZH) {
      return String.join("", words);
    }
    StringBuilder text = new StringBuilder();
    for (String word : words) {
      boolean joined = text.isEmpty() || JOINED.matcher(word).matches();
      text.append(joined ? "" : " ").append(word);
    }
    return text.toString();
  }
}
