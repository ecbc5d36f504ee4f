package org.yuqiao.embedding.query;

import java.util.List;
import java.util.Set;
import org.yuqiao.embedding.vectors.WordVectors;

/** Answers a single analogy: a is to a* as b is to b*. */
public final class Analogy {
  private final CosineSimilarity similarity;

  /** Searches among {@code vectors}. */
  public Analogy(WordVectors vectors) {
    this(new CosineSimilarity(vectors));
  }

  /** Searches among the words of {@code similarity}. */
  public Analogy(CosineSimilarity similarity) {
    this.similarity = similarity;
  }

  /** The {@code count} best answers, excluding the three words of the question. */
  public List<Neighbor> answers(int a, int aStar, int b, AnalogyMethod method, int count) {
    WordVectors unit = similarity.unit();
    float[] withA = similarity.withAll(unit.row(a));
    float[] withAStar = similarity.withAll(unit.row(aStar));
    float[] withB = similarity.withAll(unit.row(b));
    float[] scores = new float[unit.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] =
          method.score(
              AnalogyMethod.shifted(withA[i]),
              AnalogyMethod.shifted(withAStar[i]),
              AnalogyMethod.shifted(withB[i]));
    }
    return NearestNeighbors.best(unit, scores, count, Set.copyOf(List.of(a, aStar, b)));
  }
}
