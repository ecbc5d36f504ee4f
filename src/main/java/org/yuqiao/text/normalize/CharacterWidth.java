package org.yuqiao.text.normalize;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.yuqiao.text.Language;

/**
 * Punctuation of the right width: full-width next to Han characters on the Chinese side, plain on
 * the English side. Brackets are widened in pairs.
 */
public record CharacterWidth(Language language) implements TextStep {
  private static final String PLAIN = ",!?:;()";
  private static final String FULL = "，！？：；（）";
  private static final Pattern LETTER_OR_NUMBER = Pattern.compile("[\\p{L}\\p{N}]");
  private static final Pattern FULL_STOP =
      Pattern.compile("(?<=[\\p{IsHan}）])\\s*\\.[\\s\\p{Z}]*$");

  @Override
  public String name() {
    return "character-width";
  }

  @Override
  public String apply(String sentence) {
    return language == Language.ZH ? widen(sentence) : narrow(sentence);
  }

  /** In one sweep, so that a mark behind a bracket that was widened is widened as well. */
  private static String widen(String sentence) {
    StringBuilder result = new StringBuilder(sentence.length());
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < sentence.length(); i++) {
      char c = sentence.charAt(i);
      int mark = PLAIN.indexOf(c);
      int text = mark < 0 ? 0 : endOfHan(result);
      if (text > 0) {
        result.setLength(text);
        result.append(FULL.charAt(mark));
      } else {
        result.append(isBeforeHan(sentence, i) ? FULL.charAt(mark) : c);
      }
      int last = result.length() - 1;
      if (c == '(' || c == '（') {
        open.push(last);
      } else if ((c == ')' || c == '）') && !open.isEmpty()) {
        widenPair(result, open.pop(), last);
      }
    }
    return FULL_STOP.matcher(result).replaceAll("。");
  }

  /** The end of a text without white space behind it; 0 unless it ends with Han or a bracket. */
  private static int endOfHan(StringBuilder text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return end > 0 && (text.charAt(end - 1) == '）' || isHan(text.codePointBefore(end))) ? end : 0;
  }

  /** Whether a comma or semicolon stands between a letter or digit and Han. */
  private static boolean isBeforeHan(String sentence, int at) {
    char c = sentence.charAt(at);
    if ((c != ',' && c != ';') || at == 0) {
      return false;
    }
    int before = sentence.codePointBefore(at);
    int after = at + 1;
    while (after < sentence.length() && isSpace(sentence.charAt(after))) {
      after++;
    }
    return after < sentence.length()
        && isHan(sentence.codePointAt(after))
        && LETTER_OR_NUMBER.matcher(Character.toString(before)).matches();
  }

  private static void widenPair(StringBuilder text, int from, int to) {
    if (text.charAt(from) == '（' || text.charAt(to) == '）') {
      text.setCharAt(from, '（');
      text.setCharAt(to, '）');
    }
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static boolean isHan(int character) {
    return Character.UnicodeScript.of(character) == Character.UnicodeScript.HAN;
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
