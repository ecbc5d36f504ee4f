package org.yuqiao.embedding.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yuqiao.embedding.vectors.WordVectors;

/**
 * Lower-cases word vectors and test sets for case-insensitive evaluation. Of words that become
 * equal the first is kept, usually the most frequent.
 */
public final class FoldedCase {
  private FoldedCase() {}

  /** The words in lower case, each once. */
  public static WordVectors of(WordVectors vectors) {
    Map<String, Integer> rows = new LinkedHashMap<>();
    for (int i = 0; i < vectors.size(); i++) {
      rows.putIfAbsent(fold(vectors.word(i)), i);
    }
    int[] kept = rows.values().stream().mapToInt(Integer::intValue).toArray();
    return new WordVectors(
        List.copyOf(rows.keySet()), vectors.dimension(), vectors.select(kept).values());
  }

  /** The questions in lower case. */
  public static AnalogyQuestions of(AnalogyQuestions questions) {
    List<AnalogyQuestions.Section> sections = new ArrayList<>();
    for (AnalogyQuestions.Section section : questions.sections()) {
      sections.add(
          new AnalogyQuestions.Section(
              section.name(),
              section.questions().stream()
                  .map(
                      q ->
                          new AnalogyQuestions.Question(
                              fold(q.a()), fold(q.aStar()), fold(q.b()), fold(q.bStar())))
                  .toList()));
    }
    return new AnalogyQuestions(sections);
  }

  /** The pairs in lower case. */
  public static SimilarityPairs of(SimilarityPairs pairs) {
    return new SimilarityPairs(
        pairs.pairs().stream()
            .map(p -> new SimilarityPairs.Pair(fold(p.first()), fold(p.second()), p.score()))
            .toList());
  }

  private static String fold(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
