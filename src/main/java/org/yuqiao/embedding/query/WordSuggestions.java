package org.yuqiao.embedding.query;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.yuqiao.backend.simd.TopK;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.files.InvalidInputException;

/**
 * Looks words up and, where one is not known, names those most like it in writing: few edits away,
 * or with most of its characters.
 */
public final class WordSuggestions {
  private static final int SUGGESTIONS = 3;

  /** Below this likeness, from 0 to 1, a word is no help. */
  private static final float LEAST = 0.45f;

  private final WordVectors vectors;

  /** Looks up in {@code vectors}. */
  public WordSuggestions(WordVectors vectors) {
    this.vectors = vectors;
  }

  /**
   * The row of {@code word}.
   *
   * @throws InvalidInputException with suggestions when it is not known
   */
  public int require(String word) {
    return vectors
        .index(word)
        .orElseThrow(
            () -> {
              List<String> similar = similar(word);
              return new InvalidInputException(
                  "the word '"
                      + word
                      + "' is not among the "
                      + vectors.size()
                      + (similar.isEmpty()
                          ? " words; none is written like it"
                          : similar.stream()
                              .collect(Collectors.joining("', '", " words; like it are '", "'"))));
            });
  }

  /** At most three words written like {@code word}, the most alike first. */
  public List<String> similar(String word) {
    int[] query = characters(word);
    float[] likeness = new float[vectors.size()];
    for (int i = 0; i < likeness.length; i++) {
      int[] other = characters(vectors.word(i));
      // With too different lengths neither measure can reach the threshold.
      likeness[i] =
          2f * Math.min(query.length, other.length) / (query.length + other.length) < LEAST
              ? 0
              : Math.max(editLikeness(query, other), sharedCharacters(query, other));
    }
    TopK best = new TopK(SUGGESTIONS);
    best.find(likeness, likeness.length);
    return IntStream.range(0, best.count())
        .filter(rank -> best.value(rank) >= LEAST)
        .mapToObj(rank -> vectors.word(best.index(rank)))
        .toList();
  }

  private static int[] characters(String word) {
    return word.toLowerCase(Locale.ROOT).codePoints().toArray();
  }

  /** 1 less the Levenshtein distance by the greater length. */
  static float editLikeness(int[] a, int[] b) {
    int[] row = new int[b.length + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= a.length; i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length; j++) {
        int substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return 1 - (float) row[b.length] / Math.max(1, Math.max(a.length, b.length));
  }

  /**
   * Dice's coefficient of the characters: twice the shared ones by all. A little less than the
   * edits count, for order matters.
   */
  static float sharedCharacters(int[] a, int[] b) {
    Map<Integer, Integer> left = new HashMap<>();
    for (int c : a) {
      left.merge(c, 1, Integer::sum);
    }
    int shared = 0;
    for (int c : b) {
      if (left.merge(c, -1, Integer::sum) >= 0) {
        shared++;
      }
    }
    return 0.9f * 2 * shared / Math.max(1, a.length + b.length);
  }
}
