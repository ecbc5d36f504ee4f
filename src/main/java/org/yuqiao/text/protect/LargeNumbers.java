package org.yuqiao.text.protect;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yuqiao.text.Language;

/**
 * Numbers of digits and a word for a power of ten, of which Chinese and English have different
 * ones: 1.4亿 is 140 million, 3万 is 30,000.
 */
final class LargeNumbers {
  /** An alternative for Chinese ones; 千克 and the like are units. */
  static final String CHINESE =
      "(?<![0-9.,万亿千百])[0-9]+(?:\\.[0-9]+)?\\s?(?:万亿|[千百十]?[万亿]|千(?![克米瓦字卡赫伏帕焦]))(?![0-9万亿千百十])";

  /** An alternative for English ones. */
  static final String ENGLISH =
      "(?<![0-9A-Za-z.,])[0-9]+(?:\\.[0-9]+)? (?:thousand|million|billion|trillion)(?![A-Za-z])";

  private static final Pattern CHINESE_NUMBER = Pattern.compile(CHINESE);
  private static final Pattern ENGLISH_NUMBER = Pattern.compile(ENGLISH);

  private static final Pattern PARTS = Pattern.compile("(?<digits>[0-9.]+)\\s?(?<power>.+)");

  private static final Map<String, Integer> POWERS =
      Map.ofEntries(
          Map.entry("千", 3),
          Map.entry("万", 4),
          Map.entry("十万", 5),
          Map.entry("百万", 6),
          Map.entry("千万", 7),
          Map.entry("亿", 8),
          Map.entry("十亿", 9),
          Map.entry("百亿", 10),
          Map.entry("千亿", 11),
          Map.entry("万亿", 12),
          Map.entry("thousand", 3),
          Map.entry("million", 6),
          Map.entry("billion", 9),
          Map.entry("trillion", 12));

  private LargeNumbers() {}

  /** The forms of a text that is a large number in {@code language}. */
  static Optional<Forms> forms(String text, Language language) {
    Pattern number = language == Language.ZH ? CHINESE_NUMBER : ENGLISH_NUMBER;
    if (!number.matcher(text).matches()) {
      return Optional.empty();
    }
    Matcher parts = PARTS.matcher(text);
    parts.matches();
    BigDecimal value =
        new BigDecimal(parts.group("digits")).scaleByPowerOfTen(POWERS.get(parts.group("power")));
    return Optional.of(
        new Forms(
            written(value, Map.of(4, "万", 8, "亿")),
            written(value, Map.of(6, " million", 9, " billion", 12, " trillion"))));
  }

  /** The number with the highest of {@code powers} that it reaches, else in groups of digits. */
  private static String written(BigDecimal value, Map<Integer, String> powers) {
    return powers.keySet().stream()
        .filter(power -> value.compareTo(BigDecimal.ONE.scaleByPowerOfTen(power)) >= 0)
        .max(Integer::compare)
        .map(
            power ->
                value.scaleByPowerOfTen(-power).stripTrailingZeros().toPlainString()
                    + powers.get(power))
        .orElseGet(() -> String.format(Locale.ROOT, "%,d", value.longValue()));
  }
}
