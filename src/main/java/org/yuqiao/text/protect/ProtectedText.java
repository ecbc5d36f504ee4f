package org.yuqiao.text.protect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.yuqiao.text.Language;
import org.yuqiao.text.Placeholders;

/**
 * A text whose protected spans are replaced by one stand-in each: a letter that normalization,
 * sentence splitting and the removal of white space treat as they treat a word.
 *
 * @param template the text with a stand-in for each span
 * @param spans in order
 */
public record ProtectedText(String template, List<ProtectedSpan> spans) {
  /** A letter of the Ogham script; where a text has one, it is itself a span. */
  public static final char STAND_IN = '\u1681';

  /** Finds the spans of {@code text} in {@code language}; in Chinese, Latin words are spans. */
  public static ProtectedText of(String text, Language language) {
    List<ProtectedSpan> spans = ProtectedSpan.in(text, language, language == Language.ZH);
    return new ProtectedText(replaced(text, spans, number -> String.valueOf(STAND_IN)), spans);
  }

  /** The number of spans that {@code translation} renders, each as often as the text at most. */
  public int copied(String translation) {
    String left = translation;
    int copied = 0;
    List<String> longestFirst =
        new ArrayList<>(spans.stream().map(ProtectedSpan::translation).toList());
    longestFirst.sort(Comparator.comparingInt(String::length).reversed());
    for (String span : longestFirst) {
      int at = left.indexOf(span);
      if (at >= 0) {
        copied++;
        left = left.substring(0, at) + STAND_IN + left.substring(at + span.length());
      }
    }
    return copied;
  }

  /** The number of stand-ins in a part of a template. */
  public static int count(String template) {
    return (int) template.chars().filter(c -> c == STAND_IN).count();
  }

  /** A part of a template with placeholders 0, 1, ... for its stand-ins. */
  public static String withPlaceholders(String template) {
    return filled(template, Placeholders::of);
  }

  /** A part of a template with its spans in place of the stand-ins. */
  public static String restored(String template, List<ProtectedSpan> spans) {
    return filled(template, number -> spans.get(number).text());
  }

  /** A part of a template with {@code text} in place of its n-th stand-in. */
  static String filled(String template, IntFunction<String> text) {
    StringBuilder filled = new StringBuilder();
    int number = 0;
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      filled.append(c == STAND_IN ? text.apply(number++) : String.valueOf(c));
    }
    return filled.toString();
  }

  /** A text with {@code replacement} for the n-th of {@code spans}, which are in order. */
  static String replaced(String text, List<ProtectedSpan> spans, IntFunction<String> replacement) {
    StringBuilder result = new StringBuilder();
    int last = 0;
    for (int i = 0; i < spans.size(); i++) {
      result.append(text, last, spans.get(i).start()).append(replacement.apply(i));
      last = spans.get(i).end();
    }
    return result.append(text.substring(last)).toString();
  }

  /**
   * A Chinese text and its English translation in which the spans that both have are replaced by
   * the same placeholders.
   *
   * @param source the language that will be translated from; of Chinese, Latin words are spans
   * @param placeholders distinct; the n-th common span becomes the n-th of them, and what exceeds
   *     their number stays as it is
   * @return empty without a common span
   */
  public static List<String> aligned(
      String chinese, String english, Language source, List<String> placeholders) {
    boolean latinWords = source == Language.ZH;
    List<ProtectedSpan> right = ProtectedSpan.in(english, Language.EN, false);
    List<ProtectedSpan> commonLeft = new ArrayList<>();
    List<ProtectedSpan> commonRight = new ArrayList<>();
    for (ProtectedSpan span : ProtectedSpan.in(chinese, Language.ZH, latinWords)) {
      Optional<ProtectedSpan> other =
          latinWords && span.isLatin()
              ? span.findIn(english, commonRight)
              : right.stream()
                  .filter(one -> one.meaning().equals(span.meaning()))
                  .filter(one -> commonRight.stream().noneMatch(one::overlaps))
                  .findFirst();
      if (other.isPresent() && commonLeft.size() < placeholders.size()) {
        commonLeft.add(span);
        commonRight.add(other.get());
      }
    }
    if (commonLeft.isEmpty()) {
      return List.of();
    }
    List<ProtectedSpan> inOrder = new ArrayList<>(commonRight);
    inOrder.sort(Comparator.comparingInt(ProtectedSpan::start));
    return List.of(
        replaced(chinese, commonLeft, placeholders::get),
        replaced(english, inOrder, i -> placeholders.get(commonRight.indexOf(inOrder.get(i)))));
  }
}
