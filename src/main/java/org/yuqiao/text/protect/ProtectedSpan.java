package org.yuqiao.text.protect;

import java.util.List;
import java.util.Optional;
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
      "[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}+@[A-Za-z0-9-]{1,63}+(?:\\.[A-Za-z0-9-]{1,63}+){0,8}\\.[A-Za-z]{2,}";
  private static final String TAG = "</?[A-Za-z][^<>]*>";
  private static final String ENTITY = "&(?:#[0-9]+|#x[0-9A-Fa-f]+|[A-Za-z]{2,8});";
  private static final String BRACES = "\\{\\{[^{}]{1,60}\\}\\}|[$#%]?\\{[^{}]{0,60}\\}";
  private static final String PRINTF =
      "(?<![0-9%])%(?:\\([A-Za-z_][A-Za-z0-9_]*\\)|[0-9]+\\$)?[-+#0]*[0-9]*(?:\\.[0-9]+)?"
          + "(?:hh?|ll?|[Lzjt])?[diouxXeEfFgGaAcCsSpn@](?![A-Za-z])";
  private static final String VERSION = "(?<![A-Za-z0-9_])[vV][0-9]++(?:\\.[0-9]++)++";

  /**
   * A number, date, time or telephone number. Behind 万, "million" and the like its digits change in
   * translation: 3万 is 30,000, 3月 is March, 8折 is 20 percent off.
   */
  private static final String NUMBER =
      "(?<![A-Za-z0-9０-９_])(?<![A-Za-z]-)[0-9０-９]++(?:[.,:/-][0-9０-９]++)*+[%％]?+"
          + "(?!\\s?[万亿千百十兆成折月])(?!(?:st|nd|rd|th|s)(?![A-Za-z]))"
          + "(?!\\s?(?:dozen|hundred|thousand|million|billion|trillion)(?![A-Za-z]))";

  private static final String LATIN_WORD =
      "[A-Za-z_][A-Za-z0-9_]*+(?:[./+#&-][A-Za-z0-9_]++)*+(?:\\(\\)|\\+\\+)?";

  /** Latin words with spaces between them, but no single letter as in T恤. */
  private static final String LATIN_WORDS =
      "(?<![A-Za-z0-9_])(?=[A-Za-z_][A-Za-z0-9_'+ ])" + LATIN_WORD + "(?:[' ]" + LATIN_WORD + ")*+";

  private static final String EVERYWHERE =
      String.join("|", URL, EMAIL, TAG, ENTITY, BRACES, PRINTF, VERSION, NUMBER)
          + "|"
          + ProtectedText.STAND_IN;

  private static final Pattern WITHOUT_WORDS = Pattern.compile(EVERYWHERE);
  private static final Pattern WITH_WORDS = Pattern.compile(EVERYWHERE + "|" + LATIN_WORDS);

  /**
   * The spans of {@code text} in order; none overlap.
   *
   * @param latinWords whether runs of Latin words are spans, too, as in Chinese text
   */
  static List<ProtectedSpan> in(String text, boolean latinWords) {
    return (latinWords ? WITH_WORDS : WITHOUT_WORDS)
        .matcher(text)
        .results()
        .map(found -> new ProtectedSpan(found.start(), found.end(), found.group()))
        .toList();
  }

  /** This span at its first place in {@code other} where it is whole and no {@code taken} one. */
  Optional<ProtectedSpan> findIn(String other, List<ProtectedSpan> taken) {
    for (int at = other.indexOf(text); at >= 0; at = other.indexOf(text, at + 1)) {
      ProtectedSpan found = new ProtectedSpan(at, at + text.length(), text);
      if (found.isWholeIn(other) && taken.stream().noneMatch(found::overlaps)) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /** Whether no letter or digit continues it. */
  private boolean isWholeIn(String other) {
    return (start == 0 || !Character.isLetterOrDigit(other.charAt(start - 1)))
        && (end == other.length() || !Character.isLetterOrDigit(other.charAt(end)));
  }

  /** Whether both have a character in common. */
  boolean overlaps(ProtectedSpan other) {
    return start < other.end && other.start < end;
  }

  /** Whether it begins as a Latin word does. */
  boolean isLatin() {
    char first = text.charAt(0);
    return first == '_' || (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
  }
}
