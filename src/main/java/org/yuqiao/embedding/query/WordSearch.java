package org.yuqiao.embedding.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.yuqiao.embedding.vectors.WordVectors;

/**
 * Finds words by a part of their spelling. Case does not matter, nor does the mark U+2581, with
 * which subwords that begin a word are written.
 */
public final class WordSearch {
  private static final String WORD_START = "\u2581";

  private final WordVectors vectors;

  /** The spelling of each row that is compared. */
  private final List<String> spellings = new ArrayList<>();

  /** The first row of each spelling. */
  private final Map<String, Integer> rows = new HashMap<>();

  /** Searches in {@code vectors}. */
  public WordSearch(WordVectors vectors) {
    this.vectors = vectors;
    for (int i = 0; i < vectors.size(); i++) {
      String spelling = folded(vectors.word(i));
      spellings.add(spelling);
      rows.putIfAbsent(spelling, i);
    }
  }

  private static String folded(String word) {
    return word.replace(WORD_START, "").toLowerCase(Locale.ROOT);
  }

  /** The row of {@code word} as it is written; else as a word's start; else in any case. */
  public OptionalInt row(String word) {
    OptionalInt exact = vectors.index(word);
    if (exact.isPresent()) {
      return exact;
    }
    OptionalInt start = vectors.index(WORD_START + word);
    if (start.isPresent()) {
      return start;
    }
    Integer folded = word.isBlank() ? null : rows.get(folded(word));
    return folded == null ? OptionalInt.empty() : OptionalInt.of(folded);
  }

  /** The row of {@code word} as a whole word: with the mark of a word's start if there is one. */
  OptionalInt wholeWord(String word) {
    OptionalInt start = vectors.index(WORD_START + word);
    return start.isPresent() ? start : vectors.index(word);
  }

  /**
   * The rows of the first {@code count} words that contain {@code part}: equal ones, then those
   * that begin with it, then the others, each in the order of the rows.
   */
  public List<Integer> find(String part, int count) {
    String query = folded(part.strip());
    List<Integer> found = new ArrayList<>();
    List<Predicate<String>> ranks =
        List.of(
            word -> word.equals(query),
            word -> word.startsWith(query) && !word.equals(query),
            word -> word.contains(query) && !word.startsWith(query));
    for (Predicate<String> rank : ranks) {
      for (int i = 0; i < spellings.size() && found.size() < count; i++) {
        if (rank.test(spellings.get(i))) {
          found.add(i);
        }
      }
    }
    return found;
  }
}
