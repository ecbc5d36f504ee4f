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
 * Looks up words and suggests similarly spelled ones for unknown words. Similar words have a small
 * edit distance or share most characters.
 */
public final class WordSuggestions {
  private static final int SUGGESTIONS = 3;

  /** The minimum spelling similarity of a suggestion, from 0 to 1. */
  private static final float MIN_SIMILARITY = 0.45f;

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
                          ? " words; no word has a similar spelling"
                          : similar.stream()
                              .collect(
                                  Collectors.joining("', '", " words; similar words: '", "'"))));
            });
  }

  /** Up to three words spelled like {@code word}, the most similar first. */
  public List<String> similar(String word) {
    int[] query = characters(word);
    float[] similarity = new float[vectors.size()];
    for (int i = 0; i < similarity.length; i++) {
      int[] other = characters(vectors.word(i));
      // With very different lengths neither measure can reach the minimum.
      similarity[i] =
          2f * Math.min(query.length, other.length) / (query.length + other.length) < MIN_SIMILARITY
              ? 0
              : Math.max(editSimilarity(query, other), sharedCharacters(query, other));
    }
    TopK best = new TopK(SUGGESTIONS);
    best.find(similarity, similarity.length);
    return IntStream.range(0, best.count())
        .filter(rank -> best.value(rank) >= MIN_SIMILARITY)
        .mapToObj(rank -> vectors.word(best.index(rank)))
        .toList();
  }

  private static int[] characters(String word) {
    return word.toLowerCase(Locale.ROOT).codePoints().toArray();
  }

  /** 1 - Levenshtein distance / maximum length. */
  static float editSimilarity(int[] a, int[] b) {
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

  /** Dice's coefficient of the characters, weighted by 0.9 since it ignores their order. */
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
