package org.yuqiao.evaluate.text;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Whitespace as defined by Python's {@code split()}, which sacreBLEU uses. */
public final class Whitespace {
  private static final String CLASS =
      "[\\x09-\\x0D\\x1C-\\x20\\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]";
  private static final Pattern ONE = Pattern.compile(CLASS);
  private static final Pattern RUN = Pattern.compile(CLASS + "+");

  private Whitespace() {}

  static String strip(String text) {
    String stripped = stripTrailing(text);
    int start = 0;
    while (start < stripped.length() && isSpace(stripped.charAt(start))) {
      start++;
    }
    return stripped.substring(start);
  }

  /** {@code text} without trailing whitespace. */
  public static String stripTrailing(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  /** The words between whitespace. */
  public static List<String> split(String text) {
    String stripped = strip(text);
    return stripped.isEmpty() ? List.of() : Arrays.asList(RUN.split(stripped));
  }

  /** {@code text} without whitespace. */
  public static String remove(String text) {
    return RUN.matcher(text).replaceAll("");
  }

  private static boolean isSpace(char c) {
    return ONE.matcher(Character.toString(c)).matches();
  }
}
