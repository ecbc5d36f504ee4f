package org.yuqiao.corpus.augment;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.yuqiao.corpus.pair.SentencePair;

/**
 * Makes tokens that a translation copies: numbers, e-mail addresses, URLs, file names, versions,
 * Latin names, emoji.
 */
final class CopiedTokens {
  private static final Pattern NUMBER =
      Pattern.compile("(?<![A-Za-z0-9.,])[0-9]{2,}(?![.,]*[A-Za-z0-9])");
  private static final Pattern FINAL_MARK = Pattern.compile("[。.]$");
  private static final String CONSONANTS = "bcdfghjklmnprstvwz";
  private static final String VOWELS = "aeiou";
  private static final List<String> TOP_LEVELS = List.of("com", "org", "net", "cn", "io", "edu");
  private static final List<String> FILE_TYPES =
      List.of("txt", "pdf", "java", "py", "xml", "csv", "jpg", "md");
  private static final List<String> UNITS = List.of("km", "kg", "GB", "MB", "cm", "°C", "%", "V");
  private static final List<String> EMOJI = List.of("😀", "👍", "🎉", "❤️", "😂", "🙏", "🚀", "🍎");

  private final SplittableRandom random;

  CopiedTokens(SplittableRandom random) {
    this.random = random;
  }

  /**
   * A variant of {@code pair} with a token on both sides: a number of both becomes another one;
   * else a token is put behind a sentence, or stands alone.
   */
  SentencePair into(SentencePair pair) {
    List<String> shared =
        NUMBER
            .matcher(pair.chinese())
            .results()
            .map(MatchResult::group)
            .filter(number -> count(pair.english(), number) == 1)
            .filter(number -> count(pair.chinese(), number) == 1)
            .toList();
    if (!shared.isEmpty()) {
      return replaced(pair, shared.get(random.nextInt(shared.size())));
    }
    String token = token();
    if (random.nextInt(3) == 0) {
      return new SentencePair(token, token, pair.origin());
    }
    String colon = random.nextBoolean() ? "：" : "";
    return new SentencePair(
        FINAL_MARK.matcher(pair.chinese()).replaceFirst("") + colon + token,
        FINAL_MARK.matcher(pair.english()).replaceFirst("")
            + (colon.isEmpty() ? " " : ": ")
            + token,
        pair.origin());
  }

  private static long count(String text, String number) {
    return NUMBER.matcher(text).results().filter(found -> found.group().equals(number)).count();
  }

  /** The pair with another number of as many digits. */
  private SentencePair replaced(SentencePair pair, String number) {
    StringBuilder other = new StringBuilder().append((char) ('1' + random.nextInt(9)));
    while (other.length() < number.length()) {
      other.append((char) ('0' + random.nextInt(10)));
    }
    Pattern whole = Pattern.compile(NUMBER.pattern().replace("[0-9]{2,}", number));
    return new SentencePair(
        whole.matcher(pair.chinese()).replaceFirst(other.toString()),
        whole.matcher(pair.english()).replaceFirst(other.toString()),
        pair.origin());
  }

  private String token() {
    return switch (random.nextInt(10)) {
      case 0, 1 -> word() + separator() + word() + "@" + word() + "." + of(TOP_LEVELS);
      case 2 -> "https://" + (random.nextBoolean() ? "www." : "") + site() + "/" + word();
      case 3 -> "www." + site();
      case 4 -> word() + "_" + word() + "." + of(FILE_TYPES);
      case 5 -> digits(1, 4) + "." + digits(1, 2) + " " + of(UNITS);
      case 6 -> digits(3, 4) + "-" + digits(4, 4) + "-" + digits(4, 4);
      case 7 -> capitalized(word()) + (random.nextBoolean() ? " " + capitalized(word()) : "");
      case 8 -> "v" + digits(1, 1) + "." + digits(1, 2) + "." + digits(1, 2);
      default -> of(EMOJI);
    };
  }

  private String separator() {
    return of(List.of("", ".", "_")) + (random.nextInt(3) == 0 ? digits(1, 3) : "");
  }

  private String site() {
    return word() + "." + of(TOP_LEVELS);
  }

  private String of(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private String digits(int min, int max) {
    StringBuilder digits = new StringBuilder();
    int length = min + random.nextInt(max - min + 1);
    for (int i = 0; i < length; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  /** A made-up word of one to three syllables. */
  private String word() {
    StringBuilder word = new StringBuilder();
    int syllables = 1 + random.nextInt(3);
    for (int i = 0; i < syllables; i++) {
      word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())))
          .append(VOWELS.charAt(random.nextInt(VOWELS.length())));
      if (random.nextInt(3) == 0) {
        word.append(of(List.of("n", "r", "l", "s", "t", "x")));
      }
    }
    return word.toString();
  }

  private static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
