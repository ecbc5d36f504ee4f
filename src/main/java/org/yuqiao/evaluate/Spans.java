package org.yuqiao.evaluate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What labels of tokens say of stretches of tokens. A label is a place, B (begin), I or M (inside),
 * E (end), S (single) or O (outside), with or without a type behind a hyphen; labels that are not
 * so make a span of each token. Labels that do not fit together are read as CoNLL's evaluation does
 * (Tjong Kim Sang and Buchholz 2000): a span ends where the next cannot belong to it.
 */
public final class Spans {
  private static final Pattern PLACED = Pattern.compile("[BIMESO](-.+)?");

  private Spans() {}

  /**
   * A stretch of tokens.
   *
   * @param from the first token
   * @param to the first token behind it
   */
  public record Span(int from, int to, String type) {}

  /** Whether labels are places: all look so, and some begin something. */
  public static boolean arePlaces(Collection<String> labels) {
    return labels.stream().allMatch(label -> PLACED.matcher(label).matches())
        && labels.stream().anyMatch(label -> label.startsWith("B"));
  }

  /**
   * The spans of a sentence.
   *
   * @param places whether labels are places; otherwise each token is a span of the label's type
   */
  public static List<Span> of(List<String> labels, boolean places) {
    List<Span> spans = new ArrayList<>();
    int from = -1;
    for (int i = 0; i <= labels.size(); i++) {
      String before = i == 0 ? "O" : labels.get(i - 1);
      String now = i == labels.size() ? "O" : labels.get(i);
      if (from >= 0 && (!places || ends(before, now))) {
        spans.add(new Span(from, i, places ? type(before) : before));
        from = -1;
      }
      if (i < labels.size() && (!places || (from < 0 && place(now) != 'O'))) {
        from = i;
      }
    }
    return spans;
  }

  /** Whether a span that holds {@code before} ends before {@code now}. */
  private static boolean ends(String before, String now) {
    char place = place(now);
    return place == 'O'
        || place == 'B'
        || place == 'S'
        || place(before) == 'E'
        || place(before) == 'S'
        || !type(before).equals(type(now));
  }

  private static char place(String label) {
    return label.charAt(0);
  }

  private static String type(String label) {
    return label.length() > 2 ? label.substring(2) : "";
  }
}
