package org.yuqiao.embedding.vectors;

import java.util.ArrayList;
import java.util.List;
import org.yuqiao.files.InvalidInputException;

/**
 * A sentence and its translation merged into one, so that the contexts of a word hold words of both
 * languages: a word vector learned from them is near those of its translations. Words stand in the
 * order of their relative positions, as in the length-ratio shuffle of Vulić and Moens ("Bilingual
 * Distributed Word Representations from Document-Aligned Comparable Data", 2016).
 */
public final class MergedSentence {
  /** The largest {@link #window}. */
  public static final int MAX_WINDOW = 32_768;

  private MergedSentence() {}

  /**
   * The words of both sides; of two at the same relative position, that of {@code source} first.
   */
  public static List<String> of(List<String> source, List<String> target) {
    List<String> merged = new ArrayList<>(source.size() + target.size());
    int next = 0;
    for (int i = 0; i < source.size(); i++) {
      while (isBefore(next, target.size(), i, source.size())) {
        merged.add(target.get(next++));
      }
      merged.add(source.get(i));
    }
    merged.addAll(target.subList(next, target.size()));
    return merged;
  }

  /** The context words on each side of which {@code window} are of each language. */
  public static int window(int window) {
    InvalidInputException.require(
        window >= 1 && window <= MAX_WINDOW,
        "window must be from 1 to " + MAX_WINDOW + ", not " + window);
    return 2 * window;
  }

  /** Whether the middle of word {@code i} of {@code n} comes before that of {@code j} of m. */
  private static boolean isBefore(int i, int n, int j, int m) {
    return i < n && (2L * i + 1) * m < (2L * j + 1) * n;
  }
}
