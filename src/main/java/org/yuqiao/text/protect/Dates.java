package org.yuqiao.text.protect;

import java.time.Month;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yuqiao.text.Language;

/** Days and months: 2024年10月1日, 十月一号, 2024年10月; October 1, 2024, 1 October, Oct. 2024. */
final class Dates {
  /** An alternative for Chinese dates. */
  static final String CHINESE =
      "(?<![0-9〇零一二三四五六七八九十])(?:(?:[0-9]{4}|[〇零一二三四五六七八九]{4})\\s?年\\s?)?"
          + "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\\s?月\\s?"
          + "(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])\\s?[日号]"
          + "|(?<![0-9〇零一二三四五六七八九十])(?:[0-9]{4}|[〇零一二三四五六七八九]{4})\\s?年\\s?"
          + "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\\s?月(?![0-9一二三四五六七八九十])";

  private static final String MONTH =
      Arrays.stream(Month.values())
          .map(month -> month.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
          .map(name -> name.length() > 4 ? name + "|" + name.substring(0, 3) + "\\b\\.?" : name)
          .collect(Collectors.joining("|", "(?:", ")"));

  private static final String DAY = "(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![0-9A-Za-z:])";

  /** An alternative for English dates. */
  static final String ENGLISH =
      "\\b"
          + MONTH
          + " "
          + DAY
          + "(?:,? [0-9]{4}(?![0-9]))?|(?<![0-9A-Za-z:.,])"
          + DAY
          + " "
          + MONTH
          + "(?![A-Za-z])(?:,? [0-9]{4}(?![0-9]))?|\\b"
          + MONTH
          + ",? [0-9]{4}(?![0-9])";

  private static final Pattern CHINESE_DATE = Pattern.compile(CHINESE);
  private static final Pattern ENGLISH_DATE = Pattern.compile(ENGLISH);

  private static final Pattern CHINESE_PARTS =
      Pattern.compile("(?:(?<year>[^年]+)年)?(?<month>[^月]+)月(?:(?<day>[^日号]+)[日号])?");
  private static final Pattern ENGLISH_PARTS =
      Pattern.compile(
          "(?:(?<before>[0-9]{1,2})[a-z]* )?(?<month>[A-Za-z]{3})[a-z]*\\.?"
              + "(?: (?<after>[0-9]{1,2})[a-z]*(?![0-9]))?(?:,? (?<year>[0-9]{4}))?");
  private static final String NUMERALS = "零一二三四五六七八九";

  private Dates() {}

  /** The forms of a text that is a date in {@code language}. */
  static Optional<Forms> forms(String text, Language language) {
    return language == Language.ZH ? chinese(text) : english(text);
  }

  private static Optional<Forms> chinese(String text) {
    if (!CHINESE_DATE.matcher(text).matches()) {
      return Optional.empty();
    }
    Matcher parts = CHINESE_PARTS.matcher(text.replaceAll("\\s", ""));
    parts.matches();
    return Optional.of(
        forms(
            Optional.ofNullable(parts.group("year")).map(Dates::year),
            number(parts.group("month")),
            Optional.ofNullable(parts.group("day")).map(Dates::number)));
  }

  private static Optional<Forms> english(String text) {
    if (!ENGLISH_DATE.matcher(text).matches()) {
      return Optional.empty();
    }
    Matcher parts = ENGLISH_PARTS.matcher(text);
    parts.matches();
    String month = parts.group("month").toUpperCase(Locale.ROOT);
    return Arrays.stream(Month.values())
        .filter(one -> one.name().startsWith(month))
        .findFirst()
        .map(
            one ->
                forms(
                    Optional.ofNullable(parts.group("year")),
                    one.getValue(),
                    Optional.ofNullable(parts.group("before"))
                        .or(() -> Optional.ofNullable(parts.group("after")))
                        .map(Integer::valueOf)));
  }

  private static Forms forms(Optional<String> year, int month, Optional<Integer> day) {
    String name = Month.of(month).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    return new Forms(
        year.map(digits -> digits + "年").orElse("")
            + month
            + "月"
            + day.map(number -> number + "日").orElse(""),
        name
            + day.map(number -> " " + number).orElse("")
            + year.map(digits -> (day.isPresent() ? ", " : " ") + digits).orElse(""));
  }

  /** 2024 or 二〇二四 as digits. */
  private static String year(String text) {
    return text.replace('〇', '零')
        .chars()
        .map(c -> NUMERALS.indexOf(c) < 0 ? c : '0' + NUMERALS.indexOf(c))
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  /** A number up to 31 in digits or numerals: 十二, 二十, 三十一. */
  private static int number(String text) {
    if (Character.isDigit(text.charAt(0))) {
      return Integer.parseInt(text);
    }
    int ten = text.indexOf('十');
    int tens = ten < 0 ? 0 : Math.max(1, ten == 0 ? 1 : NUMERALS.indexOf(text.charAt(0)));
    String rest = text.substring(ten + 1);
    return 10 * tens + (rest.isEmpty() ? 0 : NUMERALS.indexOf(rest.charAt(0)));
  }
}
