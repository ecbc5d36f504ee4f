package org.yuqiao.text.protect;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A part of a text that a translation copies.
 *
 * @param start of its first character
 * @param end behind its last character
 */
public record ProtectedSpan(int start, int end, String text) {
  private static final String URL =
      "(?:(?:https?|ftp)://|www\\.)[!-~&&[^<>\"`{}]]*[A-Za-z0-9/#=&_~%+-]";
  private static final String EMAIL =
      "[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*\\.[A-Za-z]{2,}";
  private static final String TAG = "</?[A-Za-z][^<>]*>";
  private static final String ENTITY = "&(?:#[0-9]+|#x[0-9A-Fa-f]+|[A-Za-z]{2,8});";
  private static final String BRACES = "\\{\\{[^{}]{1,60}\\}\\}|[$#%]?\\{[^{}]{0,60}\\}";
  private static final String PRINTF =
      "(?<![0-9%])%(?:\\([A-Za-z_][A-Za-z0-9_]*\\)|[0-9]+\\$)?[-+#0]*[0-9]*(?:\\.[0-9]+)?"
          + "(?:hh?|ll?|[Lzjt])?[diouxXeEfFgGaAcCsSpn@](?![A-Za-z])";
  private static final String VERSION = "(?<![A-Za-z0-9_])[vV][0-9]+(?:\\.[0-9]+)+";

  /**
   * A number, date, time or telephone number. Behind 万, "million" and the like its digits change in
   * translation: 3万 is 30,000, 3月 is March, 8折 is 20 percent off.
   */
  private static final String NUMBER =
      "(?<![A-Za-z0-9０-９_])(?<![A-Za-z]-)[0-9０-９]++(?:[.,:/-][0-9０-９]++)*+[%％]?+"
          + "(?!\\s?[万亿千百十兆成折月])(?!(?:st|nd|rd|th|s)(?![A-Za-z]))"
          + "(?!\\s?(?:dozen|hundred|thousand|million|billion|trillion)(?![A-Za-z]))";

  private static final Pattern ANY =
      Pattern.compile(
          String.join("|", URL, EMAIL, TAG, ENTITY, BRACES, PRINTF, VERSION, NUMBER)
              + "|"
              + ProtectedText.STAND_IN);

  /** The spans of {@code text} in order; none overlap. */
  static List<ProtectedSpan> in(String text) {
    return ANY.matcher(text)
        .results()
        .map(found -> new ProtectedSpan(found.start(), found.end(), found.group()))
        .toList();
  }
}
