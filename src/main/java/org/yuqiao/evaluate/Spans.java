package org.yuqiao.evaluate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Decodes token labels into spans. A label is B (begin), I or M (inside), E (end), S (single) or O
 * (outside), optionally with a hyphen and a type; with any other label set each token is a span.
 * Inconsistent label sequences are decoded as in CoNLL's evaluation (Tjong Kim Sang and Buchholz
 * 2000): a span ends before the first label that cannot continue it.
 */
public final class Spans {
  private static final Pattern LABEL = Pattern.compile("[BIMESO](-.+)?");

  private Spans() {}

  /**
   * A range of tokens with a type.
   *
   * @param from the first token
   * @param to the end, exclusive
   */
  public record Span(int from, int to, String type) {}

  /** Whether the labels follow a BIO-like scheme: all match it and at least one begins with B. */
  public static boolean haveScheme(Collection<String> labels) {
    return labels.stream().allMatch(label -> LABEL.matcher(label).matches())
        && labels.stream().anyMatch(label -> label.startsWith("B"));
  }

  /**
   * The spans of a sentence.
   *
   * @param scheme whether the labels follow a BIO-like scheme; otherwise each token is a span of
   *     its label's type
   */
  public static List<Span> of(List<String> labels, boolean scheme) {
    List<Span> spans = new ArrayList<>();
    int from = -1;
    for (int i = 0; i <= labels.size(); i++) {
      String before = i == 0 ? "O" : labels.get(i - 1);
      String now = i == labels.size() ? "O" : labels.get(i);
      if (from >= 0 && (!scheme || ends(before, now))) {
        spans.add(new Span(from, i, scheme ? type(before) : before));
        from = -1;
      }
      if (i < labels.size() && (!scheme || (from < 0 && prefix(now) != 'O'))) {
        from = i;
      }
    }
    return spans;
  }

  /** Whether a span that holds {@code before} ends before {@code now}. */
  private static boolean ends(String before, String now) {
    char prefix = prefix(now);
    return prefix == 'O'
        || prefix == 'B'
        || prefix == 'S'
        || prefix(before) == 'E'
        || prefix(before) == 'S'
        || !type(before).equals(type(now));
  }

  private static char prefix(String label) {
    return label.charAt(0);
  }

  private static String type(String label) {
    return label.length() > 2 ? label.substring(2) : "";
  }
}
