package org.yuqiao.text.normalize;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yuqiao.text.Language;

/**
 * Converts punctuation to the width of the language: full-width after Han characters in Chinese,
 * half-width in English.
 */
public record CharacterWidth(Language language) implements TextStep {
  private static final String PLAIN = ",!?:;()";
  private static final String FULL = "，！？：；（）";
  private static final Pattern AFTER_HAN = Pattern.compile("(?<=\\p{IsHan})\\s*[,!?:;()]");
  private static final Pattern FULL_STOP = Pattern.compile("(?<=\\p{IsHan})\\s*\\.$");

  @Override
  public String name() {
    return "character-width";
  }

  @Override
  public String apply(String sentence) {
    return language == Language.ZH ? widen(sentence) : narrow(sentence);
  }

  private static String widen(String sentence) {
    String marked =
        AFTER_HAN
            .matcher(sentence)
            .replaceAll(
                match -> {
                  String text = match.group().strip();
                  return Matcher.quoteReplacement(
                      String.valueOf(FULL.charAt(PLAIN.indexOf(text.charAt(0)))));
                });
    return FULL_STOP.matcher(marked).replaceAll("。");
  }

  private static String narrow(String sentence) {
    StringBuilder result = new StringBuilder(sentence.length());
    for (int i = 0; i < sentence.length(); i++) {
      char c = sentence.charAt(i);
      int at = FULL.indexOf(c);
      result.append(at >= 0 ? PLAIN.charAt(at) : c == '。' ? '.' : c == '、' ? ',' : c);
    }
    return result.toString();
  }
}
