package org.yuqiao.text.protect;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The spans of a sentence that are numbers of a few digits. A model reads them, since words around
 * a number depend on it; where one is missing in the translation, it is protected as other spans.
 */
public final class ShortNumbers {
  private ShortNumbers() {}

  /** Those of {@code spans}, which a model reads. */
  public static List<ProtectedSpan> in(List<ProtectedSpan> spans) {
    return spans.stream().filter(ProtectedSpan::isShortNumber).toList();
  }

  /** The other spans. */
  public static List<ProtectedSpan> without(List<ProtectedSpan> spans) {
    return spans.stream().filter(span -> !span.isShortNumber()).toList();
  }

  /** A part of a template with its short numbers in place of their stand-ins. */
  public static String shown(String template, List<ProtectedSpan> spans) {
    StringBuilder text = new StringBuilder();
    int number = 0;
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      boolean stands = c == ProtectedText.STAND_IN;
      boolean shown = stands && spans.get(number).isShortNumber();
      text.append(shown ? spans.get(number).translation() : String.valueOf(c));
      number += stands ? 1 : 0;
    }
    return text.toString();
  }

  /** Whether {@code translation} has all {@code numbers}, each at least as often. */
  public static boolean areIn(String translation, List<ProtectedSpan> numbers) {
    return numbers.stream()
        .allMatch(
            number ->
                Pattern.compile(
                            "(?<![0-9])(?<![0-9],)"
                                + Pattern.quote(number.translation())
                                + "(?![0-9])(?!,[0-9]{3})")
                        .matcher(translation)
                        .results()
                        .count()
                    >= numbers.stream()
                        .filter(other -> other.translation().equals(number.translation()))
                        .count());
  }
}
