package org.yuqiao.corpus.clean;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * An index of texts by edit distance: finds those that differ from a text by at most a share of its
 * characters.
 *
 * <p>Of k + 1 segments of a text at least one survives k edits and moves by at most k places (the
 * pigeonhole principle; Li et al. 2011, "Pass-Join"), so that only texts with a common segment are
 * compared. All texts stay in memory.
 */
final class SimilarTexts {
  /** More edits than this are never allowed, however long the text. */
  static final int MAX_EDITS = 10;

  private final double share;
  private final List<String> texts = new ArrayList<>();
  private final Map<Segment, List<Integer>> segments = new HashMap<>();

  /** Part {@code number} of a text of {@code length} characters. */
  private record Segment(int length, int number, String text) {}

  /**
   * An empty index; texts are similar with at most {@code share} of the longer one's characters.
   */
  SimilarTexts(double share) {
    this.share = share;
  }

  /** The number of edits by which two texts may differ, the longer one having this length. */
  private int maxEdits(int length) {
    return (int) Math.min(MAX_EDITS, share * length);
  }

  /** The number of segments of an indexed text: one more than the edits to any similar text. */
  private int segmentCount(int length) {
    return Math.min(length, maxEdits(length + MAX_EDITS) + 1);
  }

  /** Adds a text; its number is how many were added before it. */
  void add(String text) {
    int length = text.length();
    int count = segmentCount(length);
    for (int i = 0; i < count; i++) {
      String part = text.substring(i * length / count, (i + 1) * length / count);
      segments
          .computeIfAbsent(new Segment(length, i, part), key -> new ArrayList<>(1))
          .add(texts.size());
    }
    texts.add(text);
  }

  /** The text with this number. */
  String text(int number) {
    return texts.get(number);
  }

  /** Whether two texts are similar. */
  boolean similar(String a, String b) {
    int edits = maxEdits(Math.max(a.length(), b.length()));
    return Math.abs(a.length() - b.length()) <= edits
        && new LevenshteinDistance(edits).apply(a, b) >= 0;
  }

  /** The numbers of the texts similar to {@code text}, in an order of their segments. */
  List<Integer> similarTo(String text) {
    return candidates(text).stream().filter(number -> similar(text, text(number))).toList();
  }

  /** The number of some text similar to {@code text}. */
  OptionalInt anySimilarTo(String text) {
    return candidates(text).stream()
        .mapToInt(Integer::intValue)
        .filter(number -> similar(text, text(number)))
        .findFirst();
  }

  private Set<Integer> candidates(String text) {
    Set<Integer> found = new LinkedHashSet<>();
    int reach = maxEdits(text.length() + MAX_EDITS);
    for (int length = Math.max(1, text.length() - reach);
        length <= text.length() + reach;
        length++) {
      int edits = maxEdits(Math.max(length, text.length()));
      int count = segmentCount(length);
      for (int i = 0; i < count; i++) {
        int from = i * length / count;
        int size = (i + 1) * length / count - from;
        int last = Math.min(from + edits, text.length() - size);
        for (int at = Math.max(0, from - edits); at <= last; at++) {
          found.addAll(
              segments.getOrDefault(
                  new Segment(length, i, text.substring(at, at + size)), List.of()));
        }
      }
    }
    return found;
  }
}
