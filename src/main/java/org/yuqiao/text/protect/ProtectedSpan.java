package org.yuqiao.text.protect;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yuqiao.text.Language;

/**
 * A part of a text that a translation copies, or has in the form that its language uses: a date, a
 * large number.
 *
 * @param start of its first character
 * @param end behind its last character
 * @param translation in the other language; full-width letters and digits become ASCII
 * @param meaning equal for all spans that may stand for each other
 */
public record ProtectedSpan(int start, int end, String text, String translation, String meaning) {
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
   * A number, time or telephone number. Before 月, "hundred" and the like its digits change in
   * translation: 3月 is March, 8折 is 20 percent off, 90年代 are the 1990s.
   */
  private static final String NUMBER =
      "(?<![A-Za-z0-9_])(?<![A-Za-z]-)[¥$€£]?[0-9]++(?:[.,:/-][0-9]++)*+[%％]?+"
          + "(?!\\s?(?:[万亿百十兆成折月]|世纪|年代))(?!千(?![克米瓦]))(?!(?:st|nd|rd|th|s)(?![A-Za-z]))"
          + "(?!\\s?(?:dozen|hundred|thousand|million|billion|trillion)(?![A-Za-z]))";

  /** A telephone or card number in groups of digits. */
  private static final String DIGIT_GROUPS =
      "(?<![A-Za-z0-9_.,])\\+?[0-9]{1,4}(?: [0-9]{3,4}){2,5}(?![0-9.,]*[A-Za-z0-9])";

  /** A number, percentage or time of a few digits, or words that are hardly names. */
  private static final Pattern READ =
      Pattern.compile(
          "[0-9]{1,4}(?:\\.[0-9]{1,2})?%?|[0-9]{1,2}:[0-9]{2}|[a-z]{2,}(?: [a-z]{2,})*+");

  private static final Pattern GROUPED = Pattern.compile("[0-9]{1,3}(?:,[0-9]{3})+");

  private static final String SYMBOL =
      "\\x{2190}-\\x{23FF}\\x{2500}-\\x{27BF}\\x{2900}-\\x{297F}\\x{2B00}-\\x{2BFF}\\x{1F000}-\\x{1FAFF}";

  /** Emoji and symbols in a row: 👍👍, ❤️, ★★★, →. */
  private static final String SYMBOLS = "[" + SYMBOL + "][" + SYMBOL + "\\x{200D}\\x{FE0F}]*+";

  private static final String LATIN_WORD =
      "[A-Za-z_][A-Za-z0-9_]*+(?:[./+#&-][A-Za-z0-9_]++)*+(?:\\(\\)|\\+\\+)?";

  /** Latin words with spaces between them, but no single letter as in T恤. */
  private static final String LATIN_WORDS =
      "(?<![A-Za-z0-9_])(?=[A-Za-z_][A-Za-z0-9_'+ ])" + LATIN_WORD + "(?:[' ]" + LATIN_WORD + ")*+";

  private static final String COPIED =
      String.join(
          "|", VERSION, DIGIT_GROUPS, NUMBER, SYMBOLS, String.valueOf(ProtectedText.STAND_IN));

  private static final String MARKUP = String.join("|", URL, EMAIL, TAG, ENTITY, BRACES, PRINTF);

  private static final Pattern CHINESE =
      Pattern.compile(String.join("|", MARKUP, Dates.CHINESE, LargeNumbers.CHINESE, COPIED));
  private static final Pattern CHINESE_AND_WORDS =
      Pattern.compile(CHINESE.pattern() + "|" + LATIN_WORDS);
  private static final Pattern ENGLISH =
      Pattern.compile(String.join("|", MARKUP, Dates.ENGLISH, LargeNumbers.ENGLISH, COPIED));

  /**
   * The spans of a text in {@code language}, in order; none overlap.
   *
   * @param latinWords whether runs of Latin words are spans of Chinese text, too
   */
  static List<ProtectedSpan> in(String text, Language language, boolean latinWords) {
    Pattern pattern = language == Language.EN ? ENGLISH : latinWords ? CHINESE_AND_WORDS : CHINESE;
    return pattern
        .matcher(halfWidth(text))
        .results()
        .map(found -> of(text, found.start(), found.end(), found.group(), language))
        .toList();
  }

  private static ProtectedSpan of(
      String text, int start, int end, String found, Language language) {
    Optional<Forms> forms = Forms.of(found, language);
    return new ProtectedSpan(
        start,
        end,
        text.substring(start, end),
        forms.map(form -> form.in(language.other())).orElse(found),
        withoutCommas(forms.map(Forms::english).orElse(found)));
  }

  /** 30,000 as 30000. */
  private static String withoutCommas(String text) {
    return GROUPED.matcher(text).matches() ? text.replace(",", "") : text;
  }

  /** The same text with full-width letters, digits and yuan signs as usual ones. */
  private static String halfWidth(String text) {
    StringBuilder half = new StringBuilder(text);
    for (int i = 0; i < half.length(); i++) {
      char c = half.charAt(i);
      if (c >= '\uFF10' && c <= '\uFF5A' && Character.isLetterOrDigit(c)) {
        half.setCharAt(i, (char) (c - '\uFF10' + '0'));
      } else if (c == '￥') {
        half.setCharAt(i, '¥');
      }
    }
    return half.toString();
  }

  /** This span at its first place in {@code other} where it is whole and no {@code taken} one. */
  Optional<ProtectedSpan> findIn(String other, List<ProtectedSpan> taken) {
    String sought = translation;
    for (int at = other.indexOf(sought); at >= 0; at = other.indexOf(sought, at + 1)) {
      ProtectedSpan found = new ProtectedSpan(at, at + sought.length(), sought, sought, meaning);
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

  /** Whether it is a number of a few digits or Latin words in lower case: {@link ReadSpans}. */
  boolean isRead() {
    return READ.matcher(translation).matches();
  }

  /** Whether it begins as a Latin word does. */
  boolean isLatin() {
    char first = translation.charAt(0);
    return first == '_' || (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
  }
}
