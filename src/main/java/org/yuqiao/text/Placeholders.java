package org.yuqiao.text;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The placeholders of protected spans: private-use characters, one token each. Normalization takes
 * such characters out of all text, so none occurs by chance.
 */
public final class Placeholders {
  /** The number of placeholders, and of protected spans of a sentence. */
  public static final int COUNT = 16;

  private static final char FIRST = '\uE000';

  private Placeholders() {}

  /** Placeholder {@code number}, from 0. */
  public static String of(int number) {
    return String.valueOf((char) (FIRST + number));
  }

  /** All placeholders in order. */
  public static List<String> all() {
    return IntStream.range(0, COUNT).mapToObj(Placeholders::of).toList();
  }

  /** A text with {@code spans} in place of placeholders 0, 1, ... */
  public static String replaced(String text, List<String> spans) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      int number = text.charAt(i) - FIRST;
      result.append(
          number >= 0 && number < Math.min(COUNT, spans.size())
              ? spans.get(number)
              : text.charAt(i));
    }
    return result.toString();
  }

  /** Whether a character is a placeholder. */
  public static boolean contain(int character) {
    return character >= FIRST && character < FIRST + COUNT;
  }
}
