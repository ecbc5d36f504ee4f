package org.yuqiao.text.normalize;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yuqiao.text.Language;

/**
 * Punctuation of the right width: full-width next to Han characters on the Chinese side, plain on
 * the English side. Brackets are widened in pairs.
 */
public record CharacterWidth(Language language) implements TextStep {
  private static final String PLAIN = ",!?:;()";
  private static final String FULL = "，！？：；（）";
  private static final Pattern AFTER_HAN =
      Pattern.compile("(?<=[\\p{IsHan}）])\\s*[,!?:;()]|(?<=[\\p{L}\\p{N}])[,;](?=\\s*\\p{IsHan})");
  private static final Pattern FULL_STOP = Pattern.compile("(?<=[\\p{IsHan}）])\\s*\\.$");

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
            .matcher(pairs(sentence))
            .replaceAll(
                match -> {
                  String text = match.group().strip();
                  return Matcher.quoteReplacement(
                      String.valueOf(FULL.charAt(PLAIN.indexOf(text.charAt(0)))));
                });
    return FULL_STOP.matcher(marked).replaceAll("。");
  }

  /** Widens both brackets of each pair that has one at a Han character, or a full-width one. */
  private static String pairs(String sentence) {
    if (sentence.indexOf('(') < 0 && sentence.indexOf(')') < 0) {
      return sentence;
    }
    StringBuilder result = new StringBuilder(sentence);
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < sentence.length(); i++) {
      char c = sentence.charAt(i);
      if (c == '(' || c == '（') {
        open.push(i);
      } else if ((c == ')' || c == '）') && !open.isEmpty()) {
        int from = open.pop();
        boolean full = sentence.charAt(from) == '（' || c == '）';
        if (full || isHanBefore(sentence, from) || isHanBefore(sentence, i)) {
          result.setCharAt(from, '（');
          result.setCharAt(i, '）');
        }
      }
    }
    return result.toString();
  }

  private static boolean isHanBefore(String sentence, int end) {
    String before = sentence.substring(0, end).stripTrailing();
    return !before.isEmpty()
        && Character.UnicodeScript.of(before.codePointBefore(before.length()))
            == Character.UnicodeScript.HAN;
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
