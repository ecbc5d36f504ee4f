package org.yuqiao.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.yuqiao.text.Language;

/**
 * Recognizes degenerate translations: nothing for something, the same phrase again and again
 * (Holtzman et al. 2020, section 1), or many times the length of the source.
 *
 * <p>Repetition is good where the source repeats itself, or where it is short ("very, very good").
 */
public final class Degeneration {
  private static final int LONGEST_PHRASE = 8;
  private static final int WORD_RUN = 4;
  private static final int PHRASE_RUN = 3;
  private static final int CHARACTER_RUN = 6;
  private static final int EXTRA = 15;

  private Degeneration() {}

  /** Whether {@code translation}, in {@code target}, is degenerate. */
  public static boolean isDegenerate(String source, String translation, Language target) {
    if (translation.isBlank()) {
      return source.codePoints().anyMatch(Character::isLetterOrDigit);
    }
    List<String> from = units(source, target.other());
    List<String> to = units(translation, target);
    // A Chinese character is up to two English words, an English word up to four characters.
    int ratio = target == Language.EN ? 3 : 5;
    if (to.size() > ratio * from.size() + EXTRA) {
      return true;
    }
    boolean sourceRepeats = repeats(from) || repeats(characters(source));
    boolean longRun = longestRun(characters(translation), 1) >= CHARACTER_RUN;
    return !sourceRepeats && (longRun || repeats(to));
  }

  /** Whether a unit follows itself three times, or a phrase itself twice. */
  private static boolean repeats(List<String> units) {
    if (longestRun(units, 1) >= WORD_RUN) {
      return true;
    }
    for (int length = 2; length <= LONGEST_PHRASE; length++) {
      if (longestRun(units, length) >= PHRASE_RUN) {
        return true;
      }
    }
    return false;
  }

  /** How often in a row a phrase of {@code length} units comes at most. */
  private static int longestRun(List<String> units, int length) {
    int longest = 1;
    int same = 0;
    for (int i = length; i < units.size(); i++) {
      same = units.get(i).equals(units.get(i - length)) ? same + 1 : 0;
      longest = Math.max(longest, 1 + same / length);
    }
    return longest;
  }

  /** English in words without punctuation, Chinese in characters. */
  private static List<String> units(String text, Language language) {
    return language == Language.ZH
        ? characters(text)
        : Arrays.stream(text.toLowerCase(Locale.ROOT).split("[\\s\\p{Punct}]+"))
            .filter(word -> !word.isEmpty())
            .toList();
  }

  private static List<String> characters(String text) {
    return text.codePoints()
        .filter(c -> !Character.isWhitespace(c))
        .mapToObj(Character::toString)
        .toList();
  }
}
