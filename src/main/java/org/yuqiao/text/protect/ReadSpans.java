package org.yuqiao.text.protect;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The spans of a sentence that a model reads: numbers of a few digits, as words around a number
 * depend on it (1 meter, 2 meters), and Latin words in lower case, which have a place and a form in
 * an English sentence (这个bug fix了). Where one is missing in the translation, all are protected as
 * other spans.
 */
public final class ReadSpans {
  private ReadSpans() {}

  /** Those of {@code spans}, which a model reads. */
  public static List<ProtectedSpan> in(List<ProtectedSpan> spans) {
    return spans.stream().filter(ProtectedSpan::isRead).toList();
  }

  /** The other spans. */
  public static List<ProtectedSpan> without(List<ProtectedSpan> spans) {
    return spans.stream().filter(span -> !span.isRead()).toList();
  }

  /** A part of a template with the spans that are read in place of their stand-ins. */
  public static String shown(String template, List<ProtectedSpan> spans) {
    return ProtectedText.filled(
        template,
        number -> {
          ProtectedSpan span = spans.get(number);
          return span.isRead() ? span.translation() : String.valueOf(ProtectedText.STAND_IN);
        });
  }

  /**
   * Whether {@code translation} has the numbers and words of {@code read}, each at least as often
   * as they do; a word may have an ending.
   */
  public static boolean areIn(String translation, List<ProtectedSpan> read) {
    Map<String, Long> times =
        read.stream()
            .flatMap(span -> Stream.of(span.translation().split(" ")))
            .collect(Collectors.groupingBy(part -> part, Collectors.counting()));
    return times.entrySet().stream()
        .allMatch(part -> count(translation, part.getKey()) >= part.getValue());
  }

  private static long count(String translation, String part) {
    String pattern =
        Character.isDigit(part.charAt(0))
            ? "(?<![0-9])(?<![0-9],)" + Pattern.quote(part) + "(?![0-9])(?!,[0-9]{3})"
            : "(?<![A-Za-z])" + part + "|^(?i:" + part.charAt(0) + ")" + part.substring(1);
    return Pattern.compile(pattern).matcher(translation).results().count();
  }
}
